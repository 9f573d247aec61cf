package io.thalweg.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Series;
import io.thalweg.v1.Update;
import io.thalweg.v1.WatchRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries against a server on the loopback. */
@Timeout(60)
class QueriesIT {
  private final FakeStore store = new FakeStore();
  private final FakeServer server = FakeServer.start(store);
  private final ThalwegClient client =
      ThalwegClient.builder()
          .endpoints(server.endpoint())
          .retries(
              new RetryPolicy(
                  Duration.ofMillis(1),
                  Duration.ofMillis(5),
                  Duration.ofSeconds(5),
                  Optional.of(Duration.ofSeconds(10))))
          .build();

  @BeforeEach
  void fill() {
    for (String key : List.of("a", "b", "c1", "c2", "c3")) {
      for (int i = 1; i <= 4; i++) {
        store.record(
            IngestRequest.newBuilder()
                .setProducerId("p")
                .setSequence(i)
                .addSeries(Series.newBuilder().setKey(key).addValues(2_000).addValues(3_000))
                .build());
      }
    }
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void keysAreListedOverAllPages() {
    assertThat(client.queries().listKeys("demo", "")).containsExactly("a", "b", "c1", "c2", "c3");
    assertThat(client.queries().listKeys("demo", "c")).containsExactly("c1", "c2", "c3");
    assertThat(client.queries().listKeys("demo", "x")).isEmpty();
  }

  @Test
  void anUnknownKeyIsNotFound() {
    assertThatThrownBy(() -> client.queries().getKey("demo", "x"))
        .isInstanceOfSatisfying(
            ThalwegException.class, e -> assertThat(e.code()).isEqualTo(Status.Code.NOT_FOUND))
        .hasMessageContaining("no key 'x'");
  }

  /** Three updates a version: a call of four always breaks off in the midst of one. */
  @Test
  void aBrokenHistoryGoesOnWithoutGapOrRepetition() {
    server.updatesPerCall(4);
    ReadHistoryRequest request =
        ReadHistoryRequest.newBuilder().setStream("demo").setKey("a").setStates(true).build();
    List<Update> read = new ArrayList<>();
    try (Updates updates = client.queries().readHistory(request)) {
      updates.forEachRemaining(read::add);
    }
    assertThat(read).isEqualTo(store.history("a", 0));
  }

  @Test
  void aBrokenWatchOfOneKeyGoesOnWithoutGapOrRepetition() {
    server.updatesPerCall(5);
    WatchRequest request =
        WatchRequest.newBuilder().setStream("demo").setKey("a").setAfterVersion(1).build();
    List<Update> expected = store.history("a", 1);
    try (Updates updates = client.queries().watch(request)) {
      for (Update update : expected) {
        assertThat(updates.next()).isEqualTo(update);
      }
    }
  }

  @Test
  void aClosedWatchEnds() {
    WatchRequest request = WatchRequest.newBuilder().setStream("demo").setKey("a").build();
    Updates updates = client.queries().watch(request);
    updates.close();
    assertThat(updates.hasNext()).isFalse();
  }
}
