package io.thalweg.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of an attack on a node of its own.
 *
 * @param attack its name
 * @param sight what the attacker has seen
 * @param peak of the node, during the attack
 * @param aloneMillis the honest client's 99th percentile right before it
 * @param besideMillis the same during it
 */
record HostileRun(
    String attack, Sight sight, Gauges.Peak peak, double aloneMillis, double besideMillis) {
  private static final double NANOS = 1e6;
  private static final int PERCENTILE = 99;
  private static final String HEAP = "384m";

  double ratio() {
    return besideMillis / aloneMillis;
  }

  /**
   * Runs it.
   *
   * @param folder for what the node keeps; gone afterwards
   * @throws IllegalStateException if the node has ended, the attacker has seen what it should not,
   *     or anything of the honest client was lost or counted twice
   */
  static HostileRun of(Attack attack, Path launcher, Path folder, boolean isShort)
      throws IOException, InterruptedException {
    Duration each = Duration.ofSeconds(isShort ? 2 : 10);
    Files.createDirectories(folder);
    try (HostileNode node = HostileNode.start(launcher, folder, HEAP, "");
        Gauges gauges = Gauges.of(node.pid());
        HonestClient honest = HonestClient.start(node.port())) {
      Thread.sleep(each);
      honest.take();
      Thread.sleep(each);
      double alone = takePercentile(honest);
      gauges.take();
      Sight sight = AttackProcess.run(attack, node.port(), each, isShort, folder.resolve("seen"));
      double beside = takePercentile(honest);
      Gauges.Peak peak = gauges.take();
      if (!node.isAlive()) {
        throw new IllegalStateException("the node has ended:\n" + node.log());
      }
      honest.finish();
      return new HostileRun(attack.name(), sight, peak, alone, beside);
    } finally {
      delete(folder);
    }
  }

  private static double takePercentile(HonestClient honest) {
    return honest.take().getValueAtPercentile(PERCENTILE) / NANOS;
  }

  /** Of several the one with the median ratio, and the highest of all peaks. */
  static HostileRun median(List<HostileRun> runs) {
    HostileRun median =
        runs.stream()
            .sorted(Comparator.comparingDouble(HostileRun::ratio))
            .toList()
            .get((runs.size() - 1) / 2);
    Gauges.Peak peak =
        runs.stream().map(HostileRun::peak).reduce(Gauges.Peak::highest).orElseThrow();
    return new HostileRun(
        median.attack, median.sight, peak, median.aloneMillis, median.besideMillis);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
  }
}
