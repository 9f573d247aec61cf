package io.thalweg.node;

import static io.thalweg.node.TestNode.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.client.Producer;
import io.thalweg.client.ProducerSettings;
import io.thalweg.client.ThalwegClient;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Series;
import io.thalweg.v1.Update;
import io.thalweg.v1.WatchRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node leaves in order, and another one joins, while samples flow. */
class LeavingIT {
  private static final int KEYS = 100;
  private static final int NODES = 3;

  @Test
  void nothingIsLostOrDoubledAndNoKeyIsSilentForLong() throws Exception {
    try (TestCluster cluster = TestCluster.start(NODES, "")) {
      String endpoints =
          IntStream.range(0, NODES)
              .mapToObj(i -> "127.0.0.1:" + cluster.node(i).node().address().getPort())
              .collect(Collectors.joining(","));
      try (TestWatch all =
              TestWatch.start(
                  cluster.node(1), WatchRequest.newBuilder().setStream("counts").setStates(true));
          TestWatch one =
              TestWatch.start(
                  cluster.node(1),
                  WatchRequest.newBuilder().setStream("counts").setKey("k0").setStates(true));
          ThalwegClient client = ThalwegClient.builder().endpoints(endpoints).build()) {
        Load load = new Load(client);
        Thread sender = Thread.ofPlatform().start(load);
        load.awaitRounds(20);
        cluster.leave(0); // the oldest: it has the coordinator and the singleton
        load.awaitRounds(20);
        cluster.join();
        load.awaitRounds(40);
        load.stop = true;
        sender.join();

        assertThat(load.recorded.get() + load.duplicate.get()).isEqualTo(load.rounds * KEYS);
        assertThat(load.longest)
            .as("the longest silence of a key")
            .isLessThan(Duration.ofSeconds(5));
        for (int k = 0; k < KEYS; k++) {
          assertThat(cluster.node(2).get("counts", "k" + k).getTotal().getCount())
              .isEqualTo(load.rounds);
        }
        assertEachVersionOnce(one, load.rounds);
        assertCounted(all, load.rounds);
      }
    }
  }

  /** Of one key: each version, in order, whoever had it. */
  private static void assertEachVersionOnce(TestWatch watch, int rounds) throws Exception {
    long version = 0;
    Update update;
    do {
      update = watch.take();
      assertThat(update.hasSkipped()).as(update.toString()).isFalse();
      assertThat(update.getVersion()).isEqualTo(++version);
    } while (update.getState().getTotal().getCount() < rounds);
  }

  /** Of many: none was lost with the node that left in order. */
  private static void assertCounted(TestWatch watch, int rounds) throws Exception {
    Map<String, Long> counts = new HashMap<>();
    while (counts.values().stream().mapToLong(Long::longValue).sum() < (long) rounds * KEYS) {
      Update update = watch.take();
      assertThat(update.hasSkipped()).as(update.toString()).isFalse();
      counts.merge(update.getKey(), update.getState().getTotal().getCount(), Math::max);
    }
  }

  /** A sample for each key, again and again, each round when the one before is durable. */
  private static final class Load implements Runnable {
    private final Producer producer;
    private final AtomicInteger recorded = new AtomicInteger();
    private final AtomicInteger duplicate = new AtomicInteger();
    private volatile int rounds;
    private volatile boolean stop;
    private volatile Duration longest = Duration.ZERO;

    Load(ThalwegClient client) {
      this.producer = client.producer(ProducerSettings.of("counts", "p"));
    }

    @Override
    public void run() {
      try {
        while (!stop) {
          int round = rounds + 1;
          List<Series> all =
              IntStream.range(0, KEYS).mapToObj(k -> series("k" + k, round, round)).toList();
          long begin = System.nanoTime();
          IngestResponse response = producer.send(all).join();
          Duration silence = Duration.ofNanos(System.nanoTime() - begin);
          longest = silence.compareTo(longest) > 0 ? silence : longest;
          recorded.addAndGet((int) response.getRecorded());
          duplicate.addAndGet((int) response.getDuplicate());
          rounds = round;
          Thread.sleep(10);
        }
        producer.close();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    void awaitRounds(int more) throws InterruptedException {
      int end = rounds + more;
      while (rounds < end) {
        Thread.sleep(10);
      }
    }
  }
}
