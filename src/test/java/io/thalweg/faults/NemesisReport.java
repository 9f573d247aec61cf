package io.thalweg.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.faults.NemesisRun.Inflicted;
import io.thalweg.faults.NemesisRun.Result;
import io.thalweg.faults.check.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What runs came to, as tables for people and as a document for programs. */
final class NemesisReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Result> results;

  NemesisReport(List<Result> results) {
    this.results = results;
  }

  boolean isClean() {
    return results.stream().allMatch(result -> result.findings().isEmpty());
  }

  String markdown() {
    StringBuilder table =
        new StringBuilder(
            """
            | Seed | Faults: confirmed, not | Batches acknowledged | unknown | Events | Fenced flushes | Lost | Doubled | State | Others | Healing: median | worst |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """);
    results.forEach(result -> table.append(row(result)));
    table.append(
        """

        | Fault | Confirmed | Not confirmed | Healing: median | worst |
        |---|---|---|---|---|
        """);
    byKind().forEach((kind, faults) -> table.append(row(kind, faults)));
    table.append(row("all", results.stream().flatMap(r -> r.faults().stream()).toList()));
    return table.toString();
  }

  /** What one run came to. */
  static String row(Result result) {
    return "| %d | %d, %d | %,d | %,d | %,d | %,d | %d | %d | %d | %d | %s | %s |%n"
        .formatted(
            result.seed(),
            confirmed(result.faults()),
            result.faults().size() - confirmed(result.faults()),
            result.seen().acknowledgedBatches(),
            result.seen().unknownBatches(),
            result.seen().events(),
            result.fencedFlushes(),
            result.findings().count(Check.LOST),
            result.findings().count(Check.DOUBLED),
            stateMismatches(result),
            others(result),
            seconds(healings(result.faults()), 0.5),
            seconds(healings(result.faults()), 1));
  }

  private static String row(String kind, List<Inflicted> faults) {
    return "| %s | %d | %d | %s | %s |%n"
        .formatted(
            kind,
            confirmed(faults),
            faults.size() - confirmed(faults),
            seconds(healings(faults), 0.5),
            seconds(healings(faults), 1));
  }

  String json() throws JsonProcessingException {
    ObjectNode document = JSON.createObjectNode();
    document.put("clean", isClean());
    ArrayNode runs = document.putArray("runs");
    for (Result result : results) {
      ObjectNode run = runs.addObject();
      run.put("seed", result.seed());
      run.put("seconds", result.length().toSeconds());
      run.put("batches_acknowledged", result.seen().acknowledgedBatches());
      run.put("batches_unknown", result.seen().unknownBatches());
      run.put("samples", result.seen().samples());
      run.put("events", result.seen().events());
      run.put("samples_sent_again", result.duplicateSamples());
      run.put("fenced_flushes", result.fencedFlushes());
      run.put("node_restarts", result.restarts());
      run.put("shard_claims", result.owned().claims());
      run.put("updates_watched", result.watched());
      ObjectNode violations = run.putObject("violations");
      for (Check check : Check.values()) {
        violations.put(check.toString(), result.findings().count(check));
      }
      result.findings().examples().forEach(run.putArray("examples")::add);
      ArrayNode faults = run.putArray("faults");
      for (Inflicted fault : result.faults()) {
        ObjectNode one = faults.addObject();
        one.put("kind", fault.kind());
        one.put("confirmed", fault.isConfirmed());
        one.put("evidence", fault.evidence());
        Duration healing = fault.healing();
        one.put("healing_ms", healing == null ? -1 : healing.toMillis());
      }
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }

  private Map<String, List<Inflicted>> byKind() {
    Map<String, List<Inflicted>> kinds = new TreeMap<>();
    for (Result result : results) {
      for (Inflicted fault : result.faults()) {
        kinds.computeIfAbsent(fault.kind(), kind -> new ArrayList<>()).add(fault);
      }
    }
    return kinds;
  }

  private static int confirmed(List<Inflicted> faults) {
    return (int) faults.stream().filter(Inflicted::isConfirmed).count();
  }

  private static int stateMismatches(Result result) {
    return result.findings().count(Check.STATE) + result.findings().count(Check.CLOSED_FORM);
  }

  private static int others(Result result) {
    int all = result.findings().counts().values().stream().mapToInt(count -> count).sum();
    return all
        - stateMismatches(result)
        - result.findings().count(Check.LOST)
        - result.findings().count(Check.DOUBLED);
  }

  /** Of those that are known to have taken effect. */
  private static List<Duration> healings(List<Inflicted> faults) {
    return faults.stream()
        .filter(Inflicted::isConfirmed)
        .map(Inflicted::healing)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .sorted()
        .toList();
  }

  private static String seconds(List<Duration> sorted, double quantile) {
    if (sorted.isEmpty()) {
      return "–";
    }
    int index = (int) Math.min(sorted.size() - 1L, (long) (quantile * sorted.size()));
    return "%.1f s".formatted(sorted.get(index).toMillis() / 1e3);
  }
}
