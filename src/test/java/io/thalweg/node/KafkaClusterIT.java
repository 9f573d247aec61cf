package io.thalweg.node;

import static io.thalweg.node.KafkaNode.await;
import static io.thalweg.node.KafkaNode.reports;
import static io.thalweg.node.KafkaNode.source;

import io.thalweg.kafka.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic whose partitions are spread over nodes that come and go. */
class KafkaClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long SAMPLES = 36_000;
  private static final long PER_SECOND_MAX = 3_000;

  @TempDir Path folder;

  @Test
  void partitionsMoveUnderLoadAndEverySampleCountsOnce() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.createTopic("spread", 8);
      KafkaTopic topic = new KafkaTopic("spread", 40);
      try (TestCluster cluster = TestCluster.start(1, source(broker, "spread", "counts", ""))) {
        TestNode first = cluster.node(0);
        CompletableFuture<Void> load =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    topic.produce(broker, 0, SAMPLES, PER_SECOND_MAX);
                  } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                  }
                });
        await(
            "the first node reads all partitions",
            PATIENCE,
            () -> partitions(first) == 8 && samples(first) > 0);
        cluster.join();
        await("each has four", PATIENCE, () -> each(first, 2, 4));
        cluster.leave(1);
        await("the first has all again", PATIENCE, () -> each(first, 1, 8));
        load.join();
        await(
            "all is committed",
            PATIENCE,
            () ->
                broker.committed("thalweg-spread").values().stream().mapToLong(n -> n).sum()
                    == SAMPLES);
        KafkaNode.check(first.channel(), "counts", topic, SAMPLES);
      }
    }
  }

  private static boolean each(TestNode asked, int nodes, int partitions) {
    var reports = reports(asked.channel(), "spread");
    return reports.size() == nodes
        && reports.stream().allMatch(report -> report.getPartitions() == partitions);
  }

  private static long partitions(TestNode asked) {
    return reports(asked.channel(), "spread").stream().mapToLong(r -> r.getPartitions()).sum();
  }

  private static long samples(TestNode asked) {
    return reports(asked.channel(), "spread").stream().mapToLong(r -> r.getSamples()).sum();
  }
}
