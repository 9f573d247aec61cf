package io.thalweg.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.client.FakeServer.Fault;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the network does, the server ends with what was sent, once and in order. */
class ProducerPropertyTest {
  private static final List<Fault> FAULTS =
      List.of(Fault.LOST_REQUEST, Fault.LOST_REPLY, Fault.ENDED_CALL);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void faultsLoseNothingAndRepeatNothing(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom faults = random.split();
    FakeStore store = new FakeStore();
    int batches = 50 + random.nextInt(250);
    try (FakeServer server = FakeServer.start(store);
        ThalwegClient client = client(server, random)) {
      server.faults(() -> faults.nextInt(10) == 0 ? FAULTS.get(faults.nextInt(3)) : Fault.NONE);
      long counted = send(client, batches, 1 + random.nextInt(32));
      assertThat(counted).isEqualTo(batches);
    }
    assertThat(store.values("k"))
        .containsExactlyElementsOf(IntStream.range(0, batches).mapToObj(i -> (double) i).toList());
    assertThat(steps(store.order())).allMatch(step -> step <= 1);
  }

  private static ThalwegClient client(FakeServer server, SplittableRandom random) {
    return ThalwegClient.builder()
        .endpoints(server.endpoint())
        .retries(
            new RetryPolicy(
                Duration.ofMillis(1),
                Duration.ofMillis(4),
                Duration.ofSeconds(10),
                Optional.of(Duration.ofSeconds(30))))
        .random(random.split())
        .build();
  }

  /** Returns how many samples the answers account for. */
  private static long send(ThalwegClient client, int batches, int inFlight) throws Exception {
    List<CompletableFuture<IngestResponse>> answers = new ArrayList<>();
    ProducerSettings settings = ProducerSettings.of("demo", "p").withInFlight(inFlight, 1_000);
    try (Producer producer = client.producer(settings)) {
      for (int i = 0; i < batches; i++) {
        answers.add(producer.send(List.of(Series.newBuilder().setKey("k").addValues(i).build())));
      }
    }
    return answers.stream()
        .map(CompletableFuture::join)
        .mapToLong(r -> r.getRecorded() + r.getDuplicate())
        .sum();
  }

  /** From each number to the next that arrived: a gap would be a step of more than one. */
  private static List<Long> steps(List<Long> order) {
    return IntStream.range(1, order.size()).mapToObj(i -> order.get(i) - order.get(i - 1)).toList();
  }
}
