package io.thalweg.node;

import static io.thalweg.node.KafkaNode.await;
import static io.thalweg.node.KafkaNode.source;

import io.grpc.ManagedChannel;
import io.thalweg.kafka.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a node while it reads a topic of 8 partitions, again and again: each sample counts once.
 * How much and how often is set by {@code thalweg.it.kafka.samples} and {@code
 * thalweg.it.kafka.kills}.
 */
class KafkaKillIT {
  private static final long SAMPLES = Long.getLong("thalweg.it.kafka.samples", 60_000);
  private static final int KILLS = Integer.getInteger("thalweg.it.kafka.kills", 1);
  private static final int KEYS = 500;

  /**
   * After a kill the group waits ten seconds for the dead: the load lasts longer than all kills.
   */
  private static final long PER_SECOND_MAX = SAMPLES / (15L * KILLS + 10);

  private static final int MILLIS_TO_LIVE_MAX = 3_000;
  private static final String STREAMS = "thalweg.streams.s { window { sliding-count = 100 } }\n";

  @TempDir Path folder;

  private final long seed = Long.getLong("thalweg.it.seed", System.nanoTime());
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

  @Test
  void everySampleOfATopicCountsOnceThoughTheNodeIsKilled() throws Exception {
    System.out.println(
        "KafkaKillIT: seed " + seed + " (-Dthalweg.it.seed=" + seed + " repeats it)");
    KafkaTopic topic = new KafkaTopic("killed", KEYS);
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.createTopic("killed", 8);
      AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
      Thread producer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      topic.produce(broker, 0, SAMPLES, PER_SECOND_MAX);
                    } catch (Exception failure) {
                      failed.set(failure);
                    }
                  });
      try (NodeProcess node =
          NodeProcess.start(folder, STREAMS + source(broker, "killed", "s", ""))) {
        for (int kill = 1; kill <= KILLS; kill++) {
          long behind = random.nextInt(MILLIS_TO_LIVE_MAX);
          awaitReading(node);
          Thread.sleep(behind);
          node.kill();
          node.start();
          System.out.println("KafkaKillIT: kill " + kill + ", " + behind + " ms after it read");
        }
        producer.join();
        Exception failure = failed.get();
        if (failure != null) {
          throw failure;
        }
        ManagedChannel channel = node.channel();
        try {
          await(
              "all is committed",
              Duration.ofMinutes(3),
              () ->
                  broker.committed("thalweg-killed").values().stream().mapToLong(n -> n).sum()
                      == SAMPLES);
          KafkaNode.check(channel, "s", topic, SAMPLES);
          System.out.println(
              "KafkaKillIT: "
                  + SAMPLES
                  + " samples, "
                  + KILLS
                  + " kills; the last node: "
                  + KafkaNode.report(channel, "killed").toString().replace('\n', ' '));
        } finally {
          channel.shutdownNow();
        }
      }
    }
  }

  /** It has got partitions and counted something. */
  private static void awaitReading(NodeProcess node) throws Exception {
    ManagedChannel channel = node.channel();
    try {
      await(
          "it reads",
          Duration.ofSeconds(60),
          () -> KafkaNode.report(channel, "killed").getSamples() > 0);
    } finally {
      channel.shutdownNow();
    }
  }
}
