package io.thalweg.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final int DESCRIPTORS_MAX = 3_000;

  @TempDir Path folder;

  @Test
  void attackersGetTheirErrorsAndTheHonestAreCountedOnce() throws Exception {
    Map<String, Sight> sights = new LinkedHashMap<>();
    try (HostileNode node = HostileNode.start(LAUNCHER, folder, "256m", "");
        Gauges gauges = Gauges.of(node.pid());
        HonestClient honest = HonestClient.start(node.port())) {
      Target target = new Target(node.port(), EACH, true);
      List<Attack> attacks = Attacks.all();
      for (Attack attack : attacks) {
        Sight sight = new Sight();
        sights.put(attack.name(), sight);
        long before = honest.acknowledged();
        long began = System.nanoTime();
        attack.deed().run(target, sight);
        System.out.printf(
            "%-20s %5d ms  %s  %s%n",
            attack.name(), (System.nanoTime() - began) / 1_000_000, sight, gauges.take());
        assertThat(node.isAlive()).as("the node after %s:%n%s", attack.name(), node.log()).isTrue();
      }
      honest.finish();
    }
  }
}
