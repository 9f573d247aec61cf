package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of what {@code src/bench/kafka kills} does at length. */
class KafkaKillIT {
  private static final long SAMPLES = Long.getLong("thalweg.it.kafka.samples", 60_000);
  private static final int KILLS = Integer.getInteger("thalweg.it.kafka.kills", 1);

  /** One has its journal in RocksDB, two in PostgreSQL. */
  private static final int NODES = Integer.getInteger("thalweg.it.kafka.nodes", 2);

  @TempDir Path folder;

  private final long seed = Long.getLong("thalweg.it.seed", System.nanoTime());

  @Test
  void everySampleCountsOnceThoughPartitionsMoveBetweenNodesThatAreKilled() throws Exception {
    System.out.println(
        "KafkaKillIT: seed " + seed + " (-Dthalweg.it.seed=" + seed + " repeats it)");
    KafkaKills.Outcome outcome =
        KafkaKills.run(
            folder,
            new KafkaKills.Plan(NODES, SAMPLES, 500, KILLS, seed),
            line -> System.out.println("KafkaKillIT: " + line));
    System.out.println("KafkaKillIT: " + outcome);
    assertThat(outcome.anomalies()).isPositive();
  }
}
