package io.thalweg.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes in network namespaces, which are cut from each other under load. Needs root and
 * {@code ip}; where either is missing it says so and is left out.
 */
@EnabledIf(value = "canMakeNetworks", disabledReason = "needs root and iproute2")
class PartitionIT {
  private static final int ROUNDS = Integer.getInteger("thalweg.faults.rounds", 1);
  private static final Duration GOAL = Duration.ofSeconds(15);

  /** Whether the node has a write at hand when it is paused is up to chance. */
  private static final int PAUSES_MAX = 5;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @SuppressWarnings("NullAway.Init")
  private static Network network;

  @SuppressWarnings("NullAway.Init")
  private static FaultCluster cluster;

  static boolean canMakeNetworks() {
    return Network.isPossible();
  }

  @BeforeAll
  static void startCluster(@TempDir Path folder) throws Exception {
    network = Network.create(3);
    cluster = FaultCluster.in(network, folder, 3);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    if (network != null) {
      network.close();
    }
  }

  @Test
  void theMajorityGoesOnAndTheMinorityEnds() throws Exception {
    try (Scenario scenario = Scenario.start("partition", cluster)) {
      Healing answered = new Healing("all keys answer at the majority after a partition 2:1", GOAL);
      for (int round = 0; round < ROUNDS; round++) {
        int alone = round % 3;
        long since = System.nanoTime();
        isolate(alone);
        network.cut(alone, network.postgres());
        network.cut(alone, network.clients());
        ClusterNode minority = cluster.node(alone);
        answered.add(
            Probe.untilAllAnswer(scenario.keys(), cluster.others(minority), since, PATIENCE));
        endAndReturn(scenario, minority);
      }
      scenario.audit();
      scenario.say(answered);
    }
  }

  /**
   * The node is also paused, as by its collector or its hypervisor, until its shards have moved.
   * When it goes on it can't hear that it was removed, and for a while writes to the database.
   */
  @Test
  void aNodeThatOnlyTheDatabaseStillHearsWritesNothingThatCounts() throws Exception {
    try (Scenario scenario = Scenario.start("divided", cluster)) {
      long fencedBefore = cluster.fencedFlushes();
      Healing answered =
          new Healing("all keys answer at the majority, all nodes reach PostgreSQL", GOAL);
      for (int round = 0; round < ROUNDS || isUnfenced(fencedBefore, round); round++) {
        int alone = round % 3;
        ClusterNode paused = cluster.node(alone);
        long since = System.nanoTime();
        isolate(alone);
        paused.freeze();
        answered.add(
            Probe.untilAllAnswer(scenario.keys(), cluster.others(paused), since, PATIENCE));
        paused.thaw();
        endAndReturn(scenario, paused);
      }
      scenario.audit();
      scenario.say(answered);
      long fenced = cluster.fencedFlushes() - fencedBefore;
      scenario.say("flushes with fenced writes: " + fenced);
      assertThat(fenced).as("flushes with fenced writes").isPositive();
    }
  }

  /** The minority ends by itself, and comes back once the cut is healed. */
  private static void endAndReturn(Scenario scenario, ClusterNode minority) throws Exception {
    assertThat(minority.awaitExit()).as("exit code of the minority").isNotZero();
    network.heal();
    cluster.start(minority);
    cluster.awaitServing();
    scenario.workload().awaitFresh(System.nanoTime(), PATIENCE);
  }

  private static boolean isUnfenced(long before, int round) throws Exception {
    return round < PAUSES_MAX && cluster.fencedFlushes() == before;
  }

  private static void isolate(int alone) throws Exception {
    for (int other = 0; other < 3; other++) {
      if (other != alone) {
        network.cutBothWays(alone, other);
      }
    }
  }
}
