package io.thalweg.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Attacks one by one, each on a node of its own, and prints what came of them as a Markdown table.
 * {@code src/bench/hostile} runs it.
 *
 * <p>An attack that is over sooner is repeated for ten seconds. It runs in a process of its own
 * with the lowest priority: on the machine that it shares with the node it should take what the
 * node does with its frames, not what it takes to make them.
 */
final class HostileTable {
  private static final double MILLIS = 1e6;
  private static final double MIB = 1 << 20;
  private static final int PERCENTILE = 99;
  private static final int ATTACK_SECONDS_MAX = 300;
  private static final String ATTACK = "attack";
  private static final String HEAP = "384m";

  private final Path launcher;
  private final Path work;
  private final boolean isShort;

  private HostileTable(Path launcher, Path work, boolean isShort) {
    this.launcher = launcher;
    this.work = work;
    this.isShort = isShort;
  }

  /**
   * {@code LAUNCHER FOLDER true|false ATTACK…}: the table, of all attacks where none is named; or
   * {@code attack NAME PORT MILLIS true|false}: that one, and only that.
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals(ATTACK)) {
      attack(arguments);
      return;
    }
    List<String> names = List.of(arguments).subList(3, arguments.length);
    for (String name : names) {
      if (all().stream().noneMatch(attack -> attack.name().equals(name))) {
        throw new IllegalArgumentException(
            "no such attack: %s; there are %s"
                .formatted(name, all().stream().map(Attack::name).toList()));
      }
    }
    HostileTable table =
        new HostileTable(
            Path.of(arguments[0]), Path.of(arguments[1]), Boolean.parseBoolean(arguments[2]));
    boolean allWell = true;
    System.out.println(
        "| Attack | What the client sees | Peak heap, MiB | RSS, MiB | Descriptors | Honest p99 without, ms | With | Ratio |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (Attack attack : all()) {
      if (names.isEmpty() || names.contains(attack.name())) {
        allWell &= table.row(attack);
      }
    }
    System.exit(allWell ? 0 : 1);
  }

  private static List<Attack> all() {
    return Stream.concat(Controls.all().stream(), Attacks.all().stream()).toList();
  }

  private static void attack(String[] arguments) throws Exception {
    Attack attack =
        all().stream().filter(known -> known.name().equals(arguments[1])).findFirst().orElseThrow();
    Target target =
        new Target(
            Integer.parseInt(arguments[2]),
            Target.SOURCE,
            Duration.ofMillis(Long.parseLong(arguments[3])),
            Boolean.parseBoolean(arguments[4]));
    Sight sight = new Sight();
    long deadline = target.deadline();
    do {
      attack.deed().run(target, sight);
    } while (System.nanoTime() < deadline);
    Set<String> unexpected = new TreeSet<>(sight.outcomes());
    unexpected.removeAll(attack.outcomes());
    System.out.println(sight);
    System.exit(unexpected.isEmpty() ? 0 : 1);
  }

  /** False: the node or the attacker did not end as it should. */
  private boolean row(Attack attack) throws Exception {
    long warmUp = TimeUnit.SECONDS.toMillis(isShort ? 2 : 10);
    long measured = TimeUnit.SECONDS.toMillis(isShort ? 2 : 10);
    Path folder = Files.createDirectories(work.resolve(attack.name()));
    try (HostileNode node = HostileNode.start(launcher, folder, HEAP, "");
        Gauges gauges = Gauges.of(node.pid());
        HonestClient honest = HonestClient.start(node.port())) {
      Thread.sleep(warmUp);
      honest.take();
      Thread.sleep(measured);
      double alone = honest.take().getValueAtPercentile(PERCENTILE) / MILLIS;
      gauges.take();
      Path seen = folder.resolve("seen");
      int code = run(attack, node.port(), measured, seen);
      double beside = honest.take().getValueAtPercentile(PERCENTILE) / MILLIS;
      Gauges.Peak peak = gauges.take();
      String sight = Files.readString(seen).strip();
      System.out.printf(
          "| `%s`: %s | %s | %.0f | %.0f | %d | %.1f | %.1f | %.2f |%n",
          attack.name(),
          attack.what(),
          sight,
          peak.heapBytes() / MIB,
          peak.residentBytes() / MIB,
          peak.descriptors(),
          alone,
          beside,
          beside / alone);
      if (!node.isAlive()) {
        System.err.println(attack.name() + ": the node has ended:\n" + node.log());
        return false;
      }
      honest.finish();
      if (code != 0) {
        System.err.println(attack.name() + ": sees what it should not: " + sight);
      }
      return code == 0;
    }
  }

  private int run(Attack attack, int port, long millis, Path seen)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("nice", "-n", "19", ProcessHandle.current().info().command().orElseThrow()));
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            HostileTable.class.getName(),
            ATTACK,
            attack.name(),
            Integer.toString(port),
            Long.toString(millis),
            Boolean.toString(isShort)));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(seen.toFile()).start();
    if (!process.waitFor(ATTACK_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }
}
