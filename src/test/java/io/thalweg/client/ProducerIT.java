package io.thalweg.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.thalweg.client.FakeServer.Fault;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A producer against a server on the loopback. */
@Timeout(60)
class ProducerIT {
  private static final RetryPolicy QUICK =
      new RetryPolicy(
          Duration.ofMillis(5),
          Duration.ofMillis(50),
          Duration.ofMillis(500),
          Optional.of(Duration.ofSeconds(20)));

  private final FakeStore store = new FakeStore();

  @Test
  void aRestartOfTheServerIsSurvived() throws Exception {
    FakeServer first = FakeServer.start(store);
    int port = first.port();
    try (ThalwegClient client = client(first.endpoint())) {
      Producer producer = client.producer(ProducerSettings.of("demo", "p"));
      producer.send(one(0)).join();
      first.close();
      CompletableFuture<IngestResponse> open = producer.send(one(1));
      try (FakeServer second = FakeServer.start(store, port, "demo")) {
        assertThat(open.join().getRecorded()).isEqualTo(1);
        producer.close();
        assertThat(second.port()).isEqualTo(port);
      }
    }
    assertThat(store.values("k")).containsExactly(0.0, 1.0);
  }

  @Test
  void theNextEndpointIsTriedWhenOneFails() {
    try (FakeServer server = FakeServer.start(store);
        ThalwegClient client = client("127.0.0.1:1," + server.endpoint());
        Producer producer = client.producer(ProducerSettings.of("demo", "p"))) {
      assertThat(producer.trySend(one(7)).orElseThrow().join().getRecorded()).isEqualTo(1);
    }
  }

  @Test
  void aSilentServerIsAskedAgain() {
    AtomicInteger requests = new AtomicInteger();
    try (FakeServer server =
            FakeServer.start(store)
                .faults(() -> requests.getAndIncrement() == 0 ? Fault.SILENCE : Fault.NONE);
        ThalwegClient client = client(server.endpoint());
        Producer producer = client.producer(ProducerSettings.of("demo", "p"))) {
      IngestResponse response = producer.trySend(one(7)).orElseThrow().join();
      assertThat(response.getDuplicate()).isEqualTo(1);
    }
  }

  @Test
  void noMoreIsInFlightThanAllowed() {
    try (FakeServer server = FakeServer.start(store).faults(() -> Fault.SILENCE);
        ThalwegClient client = client(server.endpoint())) {
      Producer producer = client.producer(ProducerSettings.of("demo", "p").withInFlight(3, 100));
      IntStream.range(0, 3).forEach(i -> assertThat(producer.trySend(one(i))).isPresent());
      assertThat(producer.trySend(one(3))).isEmpty();
      CompletableFuture<Void> room = producer.whenRoom(1);
      assertThat(room).isNotDone();
      server.faults(() -> Fault.NONE);
      assertThat(room).succeedsWithin(10, TimeUnit.SECONDS);
      producer.close();
      assertThat(store.values("k")).containsExactly(0.0, 1.0, 2.0);
    }
  }

  @Test
  void aRefusalFailsTheProducer() throws Exception {
    try (FakeServer server = FakeServer.start(store).faults(() -> Fault.REFUSED);
        ThalwegClient client = client(server.endpoint())) {
      Producer producer = client.producer(ProducerSettings.of("demo", "p"));
      assertThatThrownBy(producer.send(one(1))::join)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("INVALID_ARGUMENT: malformed");
      assertThatThrownBy(() -> producer.send(one(2)))
          .isInstanceOfSatisfying(
              ThalwegException.class,
              e -> assertThat(e.code()).isEqualTo(Status.Code.INVALID_ARGUMENT));
      assertThatThrownBy(producer::close).hasMessageContaining("malformed");
    }
  }

  @Test
  void givingUpSaysSo() {
    RetryPolicy impatient =
        new RetryPolicy(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Optional.of(Duration.ofMillis(200)));
    try (ThalwegClient client =
        ThalwegClient.builder().endpoints("127.0.0.1:1").retries(impatient).build()) {
      Producer producer = client.producer(ProducerSettings.of("demo", "p"));
      assertThatThrownBy(producer.trySend(one(1)).orElseThrow()::join)
          .hasMessageContaining("gave up after")
          .hasMessageContaining("1 batches open")
          .hasMessageContaining("Connection refused");
    }
  }

  @Test
  void aBatchOverTheMessageBoundIsRefusedHere() {
    List<Series> large = new ArrayList<>();
    for (int i = 0; i < 9_000; i++) {
      large.add(Series.newBuilder().setKey("k".repeat(500) + i).addValues(1).build());
    }
    try (ThalwegClient client = client("127.0.0.1:1");
        Producer producer = client.producer(ProducerSettings.of("demo", "p"))) {
      assertThatThrownBy(() -> producer.send(large))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("over the limit of 4194304 bytes");
      assertThat(producer.nextSequence()).isEqualTo(1);
    }
  }

  @Test
  void closingTheClientEndsItsProducers() {
    ThalwegClient client = client("127.0.0.1:1");
    Producer producer = client.producer(ProducerSettings.of("demo", "p"));
    CompletableFuture<IngestResponse> open = producer.trySend(one(1)).orElseThrow();
    client.close();
    assertThat(open).isCompletedExceptionally();
    assertThatThrownBy(producer::close).hasMessageContaining("the client was closed");
  }

  private static ThalwegClient client(String endpoints) {
    return ThalwegClient.builder().endpoints(endpoints).retries(QUICK).build();
  }

  private static List<Series> one(double value) {
    return List.of(Series.newBuilder().setKey("k").addValues(value).build());
  }
}
