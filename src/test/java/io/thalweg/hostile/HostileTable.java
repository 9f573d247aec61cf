package io.thalweg.hostile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Attacks one by one, each on a node of its own, and prints what came of them: a Markdown table,
 * and one JSON document. {@code src/bench/hostile} runs it. One that fails does not keep the next
 * from being run.
 */
final class HostileTable {
  private static final double MIB = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path launcher;
  private final Path work;
  private final boolean isShort;
  private final Map<Attack, List<HostileRun>> runs = new LinkedHashMap<>();
  private final Map<Attack, String> failures = new LinkedHashMap<>();

  private HostileTable(Path launcher, Path work, boolean isShort) {
    this.launcher = launcher;
    this.work = work;
    this.isShort = isShort;
  }

  /** {@code LAUNCHER FOLDER true|false REPETITIONS ATTACK…}: all where none is named. */
  public static void main(String[] arguments) throws Exception {
    HostileTable table =
        new HostileTable(
            Path.of(arguments[0]), Path.of(arguments[1]), Boolean.parseBoolean(arguments[2]));
    int repetitions = Integer.parseInt(arguments[3]);
    List<Attack> attacks =
        arguments.length == 4
            ? all()
            : Stream.of(arguments).skip(4).map(HostileTable::attack).toList();
    for (int repetition = 1; repetition <= repetitions; repetition++) {
      for (Attack attack : attacks) {
        table.run(attack, repetition);
      }
    }
    table.print();
    System.exit(table.failures.isEmpty() ? 0 : 1);
  }

  private static List<Attack> all() {
    return Stream.concat(Controls.all().stream(), Attacks.all().stream()).toList();
  }

  /** The attack of a name. */
  static Attack attack(String name) {
    return all().stream()
        .filter(attack -> attack.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no such attack: %s; there are %s"
                        .formatted(name, all().stream().map(Attack::name).toList())));
  }

  private void run(Attack attack, int repetition) throws InterruptedException {
    try {
      HostileRun run =
          HostileRun.of(attack, launcher, work.resolve(attack.name() + "-" + repetition), isShort);
      runs.computeIfAbsent(attack, first -> new ArrayList<>()).add(run);
      System.err.println(row(attack, run));
    } catch (IOException | RuntimeException failure) {
      failures.putIfAbsent(attack, String.valueOf(failure.getMessage()));
      System.err.println(attack.name() + " failed: " + failure);
    }
  }

  private void print() throws IOException {
    System.out.println(
        "| Attack | What the client sees | What bounds it | Connections ended | Peak heap, MiB | RSS, MiB | Descriptors | Honest p99 without, ms | With | Ratio |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    ArrayNode document = JSON.createArrayNode();
    runs.forEach(
        (attack, ofAttack) -> {
          HostileRun median = HostileRun.median(ofAttack);
          System.out.println(row(attack, median));
          document.add(json(attack, median, ofAttack));
        });
    failures.forEach(
        (attack, reason) -> {
          System.out.printf("%n`%s` failed: %s%n", attack.name(), reason);
          document.addObject().put("attack", attack.name()).put("failure", reason);
        });
    System.out.println();
    System.out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
  }

  private static String row(Attack attack, HostileRun run) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %,d | %.0f | %.0f | %d | %.1f | %.1f | %.2f |",
        attack.name(),
        run.sight(),
        Bounds.of(attack.name()),
        run.sight().connectionsEnded(),
        run.peak().heapBytes() / MIB,
        run.peak().residentBytes() / MIB,
        run.peak().descriptors(),
        run.aloneMillis(),
        run.besideMillis(),
        run.ratio());
  }

  private static ObjectNode json(Attack attack, HostileRun median, List<HostileRun> all) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("attack", attack.name())
            .put("what", attack.what())
            .put("bound", Bounds.of(attack.name()))
            .put("connections_ended", median.sight().connectionsEnded())
            .put("heap_peak_bytes", median.peak().heapBytes())
            .put("resident_peak_bytes", median.peak().residentBytes())
            .put("descriptors_peak", median.peak().descriptors())
            .put("p99_without_ms", median.aloneMillis())
            .put("p99_with_ms", median.besideMillis())
            .put("ratio", median.ratio());
    ObjectNode sees = node.putObject("client_sees");
    median.sight().outcomes().stream()
        .sorted()
        .forEach(outcome -> sees.put(outcome, median.sight().count(outcome)));
    ArrayNode ratios = node.putArray("ratios");
    all.forEach(run -> ratios.add(run.ratio()));
    return node;
  }
}
