package io.thalweg.bench.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes ratios of what was measured. All are told in rounds of the reference work that was measured
 * beside it: a cost is how many rounds a sample's processor time is worth, a rate how many samples
 * are done in the time of a round.
 */
public final class Ratios {
  private static final String COST = "reference rounds per sample";
  private static final String RATE = "samples per reference round";
  private static final String REFERENCE = "reference";

  private final Map<String, List<Double>> costs = new TreeMap<>();
  private final Map<String, List<Double>> rates = new TreeMap<>();
  private int repetitions;

  private Ratios() {}

  /**
   * Writes the ratios of one or several repetitions.
   *
   * @param args the file to write, the revision, {@code true} for a short run, and the folder with
   *     what was measured: of each repetition N {@code N/jmh.json}, and of each load that was made
   *     {@code N/LOAD.json} with the reference's rates in {@code N/LOAD.reference}
   */
  public static void main(String[] args) throws IOException {
    Ratios ratios = new Ratios();
    for (Path repetition : sorted(Path.of(args[3]))) {
      ratios.add(repetition);
    }
    Documents.write(Path.of(args[0]), ratios.json(args[1], Boolean.parseBoolean(args[2])));
  }

  private void add(Path repetition) throws IOException {
    repetitions++;
    for (Path file : sorted(repetition)) {
      String name = String.valueOf(file.getFileName());
      if (name.equals("jmh.json")) {
        addBenchmarks(Documents.read(file));
      } else if (name.endsWith(".json")) {
        String load = name.substring(0, name.length() - ".json".length());
        addLoad(load, Documents.read(file), reference(repetition.resolve(load + ".reference")));
      }
    }
  }

  private void addBenchmarks(JsonNode results) {
    double reference = Double.NaN;
    for (JsonNode result : results) {
      if (name(result).equals(REFERENCE)) {
        reference = score(result);
      }
    }
    for (JsonNode result : results) {
      if (!name(result).equals(REFERENCE)) {
        add(costs, "jmh." + name(result), score(result) / reference);
      }
    }
  }

  /** A rate that is given says nothing of the server, what it costs does. */
  private void addLoad(String load, JsonNode run, double roundsPerSecond) {
    double seconds = run.at("/cpu_seconds_per_million/server").doubleValue() / 1e6;
    add(costs, "bench." + load + ".cpu", seconds * roundsPerSecond);
    if (run.at("/parameters/rate").isNull()) {
      double samplesPerSecond = run.path("samples_per_second").doubleValue();
      add(rates, "bench." + load + ".throughput", samplesPerSecond / roundsPerSecond);
    }
  }

  private static void add(Map<String, List<Double>> figures, String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalStateException("no ratio for " + name + ": " + value);
    }
    figures.computeIfAbsent(name, added -> new ArrayList<>()).add(value);
  }

  private ObjectNode json(String revision, boolean shortly) throws IOException {
    Map<String, ObjectNode> figures = new TreeMap<>();
    costs.forEach((name, all) -> figures.put(name, figure(COST, false, all)));
    rates.forEach((name, all) -> figures.put(name, figure(RATE, true, all)));
    ObjectNode json = Documents.MAPPER.createObjectNode();
    ObjectNode recorded = json.putObject("recorded");
    recorded.put("cores", Runtime.getRuntime().availableProcessors());
    recorded.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    recorded.put("git", revision);
    recorded.put("java", Runtime.version().toString());
    recorded.put("processor", processor());
    recorded.put("repetitions", repetitions);
    recorded.put("short", shortly);
    ObjectNode sorted = json.putObject("figures");
    figures.forEach(sorted::set);
    return json;
  }

  private static ObjectNode figure(String unit, boolean higherIsBetter, List<Double> all) {
    double[] repetitions = all.stream().mapToDouble(Double::doubleValue).toArray();
    return new Figure(unit, higherIsBetter, repetitions).json();
  }

  /** The mean of before and after. */
  private static double reference(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .mapToDouble(Double::parseDouble)
        .average()
        .orElseThrow();
  }

  /** The method and its parameters. */
  private static String name(JsonNode result) {
    String full = result.required("benchmark").asText();
    StringBuilder name = new StringBuilder(full.substring(full.lastIndexOf('.') + 1));
    result
        .path("params")
        .properties()
        .forEach(
            field ->
                name.append('.')
                    .append(field.getKey())
                    .append('=')
                    .append(field.getValue().asText()));
    return name.toString();
  }

  private static double score(JsonNode result) {
    return result.at("/primaryMetric/score").doubleValue();
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
