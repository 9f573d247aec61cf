package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.thalweg.v1.KeyState;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Update;
import io.thalweg.v1.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several windows of one stream, from the configuration through the journal to the answers. */
@Timeout(120)
class WindowsIT {
  private static final String SETTINGS =
      """
      thalweg.streams.many {
        windows {
          ten { tumbling { size = 10s }, emit = every-batch }
          visit { session { gap = 5s } }
          all { total {} }
        }
        statistics = [first, last, rate, quantiles]
        quantiles = [0.5]
        allowed-lateness = 1m
      }
      """;

  @TempDir Path data;

  @Test
  void windowsAreToldEarlyClosedAndRevisedAndSurviveARestart() throws Exception {
    KeyState before;
    try (TestNode node = TestNode.start(data, SETTINGS)) {
      ingest(node, 1, 1, 1, 2, 3);
      ingest(node, 2, 12, 4);
      ingest(node, 3, 5, 5);
      assertThat(tens(node))
          .extracting(u -> u.getOutcomeCase(), u -> window(u).getRevision(), WindowsIT::count)
          .containsExactly(
              tuple(Update.OutcomeCase.WINDOW_UPDATED, 0, 3L),
              tuple(Update.OutcomeCase.WINDOW_CLOSED, 0, 3L),
              tuple(Update.OutcomeCase.WINDOW_UPDATED, 0, 1L),
              tuple(Update.OutcomeCase.WINDOW_CLOSED, 1, 4L));
      before = node.get("many", "k");
    }
    assertThat(before.getWindowsList()).extracting(Window::getName).contains("ten", "visit", "all");
    Window ten = before.getWindows(0);
    assertThat(ten.getSummary().getFirst().getValue()).isEqualTo(1);
    assertThat(ten.getSummary().getLast().getValue()).isEqualTo(5);
    assertThat(ten.getSummary().getRatePerSecond()).isEqualTo(0.4);
    assertThat(ten.getSummary().getQuantilesCount()).isEqualTo(1);
    assertThat(ten.getSummary().hasSkewness()).isFalse();
    try (TestNode node = TestNode.start(data, SETTINGS)) {
      assertThat(node.get("many", "k")).isEqualTo(before);
    }
  }

  private static void ingest(TestNode node, long sequence, long second, double... values) {
    assertThat(
            node.ingest()
                .ingestBatch(
                    TestNode.request("many", "p", sequence, TestNode.series("k", second, values)))
                .getRecorded())
        .isEqualTo(values.length);
  }

  /** What was told of the window of ten seconds. */
  private static List<Update> tens(TestNode node) {
    List<Update> updates = new ArrayList<>();
    node.query()
        .readHistory(ReadHistoryRequest.newBuilder().setStream("many").setKey("k").build())
        .forEachRemaining(updates::add);
    return updates.stream().filter(u -> window(u).getName().equals("ten")).toList();
  }

  private static long count(Update update) {
    return window(update).getSummary().getCount();
  }

  private static Window window(Update update) {
    return update.hasWindowUpdated() ? update.getWindowUpdated() : update.getWindowClosed();
  }
}
