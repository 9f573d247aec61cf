package io.thalweg.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All attacks, each for a moment, on one node with a small heap, beside an honest client. How fast
 * anything is belongs to {@code src/bench/hostile}.
 */
class HostileIT {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("thalweg.dist"), "thalweg").toAbsolutePath();
  private static final Duration EACH = Duration.ofMillis(1_500);
  private static final String SETTINGS =
      """
      thalweg.grpc { frame-timeout = 1s, connections-per-address-max = 1500 }
      thalweg.results.watch-unread-max = 1s
      """;
  private static final int DESCRIPTORS_MAX = 3_000;
  private static final long RESIDENT_MAX = 1L << 30;
  private static final int AFTERWARDS = 50;
  private static final Duration AFTERWARDS_MAX = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void attackersGetTheirErrorsAndTheHonestAreCountedOnce() throws Exception {
    try (HostileNode node = HostileNode.start(LAUNCHER, folder, "256m", SETTINGS)) {
      attack(node);
      assertThat(node.stop()).isZero();
      assertThat(node.log()).doesNotContainPattern("(?m)^FORGED");
      assertThat(node.log()).doesNotContain("failed unexpectedly");
    }
  }

  private static void attack(HostileNode node) throws Exception {
    try (Gauges gauges = Gauges.of(node.pid());
        HonestClient honest = HonestClient.start(node.port())) {
      int source = Target.SOURCE;
      for (Attack attack : Attacks.all()) {
        // Each from an address of its own: the one before may be held off.
        Target target = new Target(node.port(), source++, EACH, true);
        Sight sight = new Sight();
        attack.deed().run(target, sight);
        assertThat(node.isAlive()).as("the node after %s:%n%s", attack.name(), node.log()).isTrue();
        assertThat(attack.outcomes())
            .as("what %s sees: %s", attack.name(), sight)
            .containsAll(sight.outcomes());
        assertThat(sight.outcomes()).as("what %s sees", attack.name()).isNotEmpty();
        awaitMoreAcknowledged(honest, attack);
      }
      Gauges.Peak peak = gauges.take();
      assertThat(peak.descriptors()).isLessThan(DESCRIPTORS_MAX);
      assertThat(peak.residentBytes()).isLessThan(RESIDENT_MAX);
      honest.finish();
    }
  }

  /** Right after an attack the node serves the honest. */
  private static void awaitMoreAcknowledged(HonestClient honest, Attack attack)
      throws InterruptedException {
    long before = honest.acknowledged();
    long deadline = System.nanoTime() + AFTERWARDS_MAX.toNanos();
    while (honest.acknowledged() < before + AFTERWARDS) {
      assertThat(System.nanoTime()).as("acknowledged after %s", attack.name()).isLessThan(deadline);
      Thread.sleep(10);
    }
  }
}
