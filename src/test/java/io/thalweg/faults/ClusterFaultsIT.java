package io.thalweg.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes and their database on this machine, killed, stopped and frozen under load. Each fault
 * is done so many times as {@code -Dthalweg.faults.rounds} says.
 */
class ClusterFaultsIT {
  private static final int ROUNDS = Integer.getInteger("thalweg.faults.rounds", 1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration DATABASE_FROZEN = Duration.ofSeconds(20);
  private static final int THREADS_MORE_MAX = 25;
  private static final int CONNECTIONS_MAX = 40;

  /** After a node is back, and before the next one is killed: shards move to it. */
  private static final int SETTLING_MILLIS = 5_000;

  /** Whether a node that is frozen has a write at hand is up to chance: so often it is tried. */
  private static final int FREEZES_MAX = 5;

  private static final long SEED = Long.getLong("thalweg.faults.seed", System.nanoTime());
  private static final RandomGenerator RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

  @SuppressWarnings("NullAway.Init")
  private static FaultCluster cluster;

  @BeforeAll
  static void startCluster(@TempDir Path folder) throws Exception {
    System.out.println("faults: seed " + SEED + " (-Dthalweg.faults.seed repeats the choices)");
    cluster = FaultCluster.onLoopback(folder, 3);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void nothingIsLostOrDoubledWhenNodesAreKilled() throws Exception {
    try (Scenario scenario = Scenario.start("kill", cluster)) {
      Healing answered = new Healing("all keys answer after kill -9", Duration.ofSeconds(10));
      Healing written = new Healing("all keys written after kill -9", Duration.ofSeconds(10));
      for (int round = 0; round < ROUNDS; round++) {
        if (round > 0) {
          Thread.sleep(RANDOM.nextLong(SETTLING_MILLIS, 2 * SETTLING_MILLIS));
        }
        ClusterNode victim = round % 3 == 0 ? cluster.oldest() : anyNode();
        long killed = System.nanoTime();
        victim.kill();
        answered.add(
            Probe.untilAllAnswer(scenario.keys(), cluster.others(victim), killed, PATIENCE));
        written.add(scenario.workload().awaitFresh(killed, PATIENCE));
        restart(victim);
      }
      scenario.audit();
      scenario.say(answered);
      scenario.say(written);
    }
  }

  @Test
  void nothingIsLostWhenNodesLeaveAndJoinOneAfterTheOther() throws Exception {
    try (Scenario scenario = Scenario.start("roll", cluster)) {
      Healing leaving =
          new Healing("longest silence of a key while a node leaves", Duration.ofSeconds(5));
      Healing joining =
          new Healing("longest silence of a key while a node joins", Duration.ofSeconds(5));
      for (int round = 0; round < ROUNDS; round++) {
        for (ClusterNode node : cluster.nodes()) {
          scenario.workload().beginSilence();
          assertThat(node.stop()).as("exit code").isZero();
          scenario.workload().awaitFresh(System.nanoTime(), PATIENCE);
          leaving.add(scenario.workload().longestSilence());
          scenario.workload().beginSilence();
          restart(node);
          scenario.workload().awaitFresh(System.nanoTime(), PATIENCE);
          joining.add(scenario.workload().longestSilence());
        }
      }
      scenario.audit();
      scenario.say(leaving);
      scenario.say(joining);
    }
  }

  @Test
  void aNodeThatWasFrozenWritesNothingOnceItsShardsHaveMoved() throws Exception {
    try (Scenario scenario = Scenario.start("freeze", cluster)) {
      long fencedBefore = cluster.fencedFlushes();
      Healing written = new Healing("all keys written after SIGSTOP", PATIENCE);
      for (int round = 0; round < ROUNDS || isUnfenced(fencedBefore, round); round++) {
        ClusterNode frozen = anyNode();
        long since = System.nanoTime();
        frozen.freeze();
        Probe.untilAllAnswer(scenario.keys(), cluster.others(frozen), since, PATIENCE);
        written.add(scenario.workload().awaitFresh(since, PATIENCE));
        frozen.thaw();
        assertThat(frozen.awaitExit()).as("exit code of a node that was removed").isNotZero();
        restart(frozen);
      }
      scenario.audit();
      scenario.say(written);
      long fenced = cluster.fencedFlushes() - fencedBefore;
      scenario.say("flushes with fenced writes: " + fenced);
      assertThat(fenced).as("flushes with fenced writes").isPositive();
    }
  }

  @Test
  void workGoesOnByItselfWhenTheDatabaseIsBack() throws Exception {
    try (Scenario scenario = Scenario.start("database", cluster)) {
      long threadsBefore = threads();
      Healing killed =
          new Healing(
              "all keys written after PostgreSQL is back from kill -9", Duration.ofSeconds(10));
      Healing frozen =
          new Healing(
              "all keys written after PostgreSQL is back from SIGSTOP", Duration.ofSeconds(10));
      for (int round = 0; round < ROUNDS; round++) {
        cluster.postgres().kill();
        Thread.sleep(2_000);
        cluster.postgres().start();
        killed.add(scenario.workload().awaitFresh(System.nanoTime(), PATIENCE));

        cluster.postgres().freeze();
        Thread.sleep(DATABASE_FROZEN);
        cluster.postgres().thaw();
        frozen.add(scenario.workload().awaitFresh(System.nanoTime(), PATIENCE));
      }
      scenario.audit();
      scenario.say(killed);
      scenario.say(frozen);
      scenario.say(
          "threads of the three nodes: %d before, %d after; connections: %d"
              .formatted(threadsBefore, threads(), connections()));
      assertThat(threads()).isLessThan(threadsBefore + THREADS_MORE_MAX);
      assertThat(connections()).isLessThan(CONNECTIONS_MAX);
    }
  }

  private static boolean isUnfenced(long before, int round) throws Exception {
    return round < FREEZES_MAX && cluster.fencedFlushes() == before;
  }

  private static void restart(ClusterNode node) throws Exception {
    cluster.start(node);
    cluster.awaitServing();
  }

  private static ClusterNode anyNode() {
    return cluster.node(RANDOM.nextInt(cluster.nodes().size()));
  }

  private static long threads() throws Exception {
    long threads = 0;
    for (ClusterNode node : cluster.nodes()) {
      threads += node.threads();
    }
    return threads;
  }

  private static long connections() throws Exception {
    try (Connection connection = cluster.postgres().connect();
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")) {
      count.next();
      return count.getLong(1);
    }
  }
}
