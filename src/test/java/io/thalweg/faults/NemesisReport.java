package io.thalweg.faults;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thalweg.faults.RunRow.Inflicted;
import io.thalweg.faults.check.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What runs came to, as tables for people and as a document for programs. Kept in a folder and
 * written anew with each run, so that what is stopped half-way keeps its figures. Thread-safe.
 */
final class NemesisReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DOCUMENT = "result.json";
  private static final String TABLES = "result.md";

  private final Path folder;
  private final TreeMap<Long, RunRow> runs = new TreeMap<>();

  /** The document. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Document(boolean clean, List<RunRow> runs) {}

  NemesisReport(Path folder) {
    this.folder = folder;
  }

  /** Takes over the runs of an earlier command, if there was one. */
  synchronized void takeOver() throws IOException {
    Path earlier = folder.resolve(DOCUMENT);
    if (Files.exists(earlier)) {
      for (RunRow run : JSON.readValue(earlier.toFile(), Document.class).runs()) {
        runs.put(run.seed(), run);
      }
    }
  }

  /** Adds a run, in place of an earlier one of the same seed, and writes all. */
  synchronized void add(RunRow run) throws IOException {
    runs.put(run.seed(), run);
    Files.createDirectories(folder);
    write(DOCUMENT, json());
    write(TABLES, markdown());
  }

  /** As a whole or not at all. */
  private void write(String name, String text) throws IOException {
    Path whole = Files.writeString(folder.resolve(name + ".new"), text);
    Files.move(
        whole,
        folder.resolve(name),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  synchronized boolean isClean() {
    return runs.values().stream().allMatch(RunRow::isClean);
  }

  synchronized String json() throws JsonProcessingException {
    Document document = new Document(isClean(), List.copyOf(runs.values()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }

  /** How far it has come, in one line. */
  synchronized String progress(int asked) {
    long ended = runs.values().stream().filter(RunRow::isEnded).count();
    long clean = runs.values().stream().filter(RunRow::isClean).count();
    return "%d of %d runs: %d clean, %d with findings, %d without end"
        .formatted(runs.size(), asked, clean, ended - clean, runs.size() - ended);
  }

  synchronized int count() {
    return runs.size();
  }

  synchronized String markdown() {
    List<RunRow> ended = runs.values().stream().filter(RunRow::isEnded).toList();
    StringBuilder table =
        new StringBuilder(
            """
            | Seed | Faults: confirmed, not | Batches acknowledged | unknown | Events | Fenced flushes | Lost | Doubled | State | Others | Healing: median | worst |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """);
    runs.values().forEach(run -> table.append(row(run)));
    table.append(row("all " + ended.size(), ended));
    table.append(
        """

        | Fault | Confirmed | Not confirmed | Healing: median | worst |
        |---|---|---|---|---|
        """);
    byKind(ended).forEach((kind, faults) -> table.append(kindRow(kind, faults)));
    table.append(kindRow("all", faults(ended)));
    return table.toString();
  }

  /** What one run came to. */
  static String row(RunRow run) {
    return run.isEnded()
        ? row(Long.toString(run.seed()), List.of(run))
        : "| %d | came to no end after %d faults | – | – | – | – | – | – | – | – | – | – |%n"
            .formatted(run.seed(), run.faults().size());
  }

  private static String row(String name, Collection<RunRow> runs) {
    List<Inflicted> faults = faults(runs);
    long lost = sum(runs, run -> run.violationsOf(Check.LOST));
    long doubled = sum(runs, run -> run.violationsOf(Check.DOUBLED));
    long state = sum(runs, run -> run.violationsOf(Check.STATE, Check.CLOSED_FORM));
    return "| %s | %d, %d | %,d | %,d | %,d | %,d | %d | %d | %d | %d | %s | %s |%n"
        .formatted(
            name,
            confirmed(faults),
            faults.size() - confirmed(faults),
            sum(runs, RunRow::batchesAcknowledged),
            sum(runs, RunRow::batchesUnknown),
            sum(runs, RunRow::events),
            sum(runs, RunRow::fencedFlushes),
            lost,
            doubled,
            state,
            sum(runs, run -> run.violationsOf()) - lost - doubled - state,
            seconds(healings(faults), 0.5),
            seconds(healings(faults), 1));
  }

  private static String kindRow(String kind, List<Inflicted> faults) {
    return "| %s | %d | %d | %s | %s |%n"
        .formatted(
            kind,
            confirmed(faults),
            faults.size() - confirmed(faults),
            seconds(healings(faults), 0.5),
            seconds(healings(faults), 1));
  }

  private static Map<String, List<Inflicted>> byKind(Collection<RunRow> runs) {
    Map<String, List<Inflicted>> kinds = new TreeMap<>();
    for (Inflicted fault : faults(runs)) {
      kinds.computeIfAbsent(fault.kind(), kind -> new ArrayList<>()).add(fault);
    }
    return kinds;
  }

  private static List<Inflicted> faults(Collection<RunRow> runs) {
    return runs.stream().flatMap(run -> run.faults().stream()).toList();
  }

  private static long sum(Collection<RunRow> runs, ToLongFunction<RunRow> figure) {
    return runs.stream().mapToLong(figure).sum();
  }

  private static int confirmed(List<Inflicted> faults) {
    return (int) faults.stream().filter(Inflicted::confirmed).count();
  }

  /** Of those that are known to have taken effect, in milliseconds. */
  private static List<Long> healings(List<Inflicted> faults) {
    return faults.stream()
        .filter(fault -> fault.confirmed() && fault.healingMs() >= 0)
        .map(Inflicted::healingMs)
        .sorted()
        .toList();
  }

  private static String seconds(List<Long> sorted, double quantile) {
    if (sorted.isEmpty()) {
      return "–";
    }
    int index = (int) Math.min(sorted.size() - 1L, (long) (quantile * sorted.size()));
    return "%.1f s".formatted(sorted.get(index) / 1e3);
  }
}
