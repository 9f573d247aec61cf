package io.thalweg.node;

import static io.thalweg.node.TestNode.request;
import static io.thalweg.node.TestNode.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.v1.KeyState;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Update;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that fall silent, on a whole node. */
class IdleKeysIT {
  private static final String STREAM =
      "thalweg.streams.idle { window { sliding-time { size = 10s, slide = 10s } }, idle-timeout = 1s }";
  private static final long SECOND_OF_WINDOW = 1_700_000_000L;

  @TempDir Path data;

  @Test
  void windowOfASilentKeyClosesAfterItsIdleTimeout() throws Exception {
    try (TestNode node = TestNode.start(data, STREAM)) {
      node.ingest().ingestBatch(request("idle", "p", 1, series("a", SECOND_OF_WINDOW, 1, 2, 3)));
      assertThat(closed(node, "a")).isEmpty();

      List<Update> closed = awaitClosed(node, "a");
      assertThat(closed).hasSize(1);
      assertThat(closed.getFirst().getVersion()).isEqualTo(2);
      assertThat(closed.getFirst().getWindowClosed().getSummary().getCount()).isEqualTo(3);
      KeyState state = node.get("idle", "a");
      assertThat(state.getTotal().getCount()).isEqualTo(3);
      assertThat(state.getVersion()).isEqualTo(2);
    }
  }

  @Test
  void windowOfASilentKeyClosesThoughItsNodeWasAwayAndNobodyAsksForTheKey() throws Exception {
    try (TestNode node = TestNode.start(data, STREAM)) {
      node.ingest().ingestBatch(request("idle", "p", 1, series("a", SECOND_OF_WINDOW, 1, 2, 3)));
    }
    Thread.sleep(1_500);
    try (TestNode node = TestNode.start(data, STREAM)) {
      assertThat(awaitClosed(node, "a")).hasSize(1);
    }
  }

  @Test
  void keyThatIsNotSilentIsLeftAlone() throws Exception {
    try (TestNode node = TestNode.start(data, STREAM)) {
      for (int sequence = 1; sequence <= 12; sequence++) {
        node.ingest().ingestBatch(request("idle", "p", sequence, series("a", SECOND_OF_WINDOW, 1)));
        Thread.sleep(250);
      }
      assertThat(closed(node, "a")).isEmpty();
      assertThat(awaitClosed(node, "a")).hasSize(1);
    }
  }

  /** Reads the journal alone: a question to the key would wake it. */
  private static List<Update> closed(TestNode node, String key) {
    List<Update> closed = new ArrayList<>();
    node.query()
        .readHistory(ReadHistoryRequest.newBuilder().setStream("idle").setKey(key).build())
        .forEachRemaining(
            update -> {
              if (update.hasWindowClosed()) {
                closed.add(update);
              }
            });
    return closed;
  }

  private static List<Update> awaitClosed(TestNode node, String key) throws InterruptedException {
    List<Update> closed = closed(node, key);
    for (int attempt = 0; attempt < 50 && closed.isEmpty(); attempt++) {
      Thread.sleep(200);
      closed = closed(node, key);
    }
    return closed;
  }
}
