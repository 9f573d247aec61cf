package io.thalweg.bench.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the runs of cost curves into one document, and draws such a document. */
public final class CostCurves {
  /** Of a run's document, by what they are called in ours. */
  private static final Map<String, String> FIGURES = new LinkedHashMap<>();

  private static final int DIGITS = 4;

  static {
    FIGURES.put("samples_per_second", "/samples_per_second");
    FIGURES.put("cpu_seconds_per_million_server", "/cpu_seconds_per_million/server");
    FIGURES.put("cpu_seconds_per_million_database", "/cpu_seconds_per_million/database");
    FIGURES.put("ack_ms_p50", "/ack_ms/p50");
    FIGURES.put("ack_ms_p99", "/ack_ms/p99");
    FIGURES.put("rss_mb", "/rss_mb");
    FIGURES.put("samples_per_event", "/samples_per_event");
  }

  private CostCurves() {}

  /**
   * @param args {@code gather FILE REVISION REPETITIONS FOLDER CURVE:N…} reads the runs {@code
   *     FOLDER/CURVE-N-REPETITION.json}; {@code draw FILE IMAGE} draws
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]);
    if (args[0].equals("draw")) {
      Files.writeString(Path.of(args[2]), new CurvePlot(Documents.read(file)).svg());
      return;
    }
    ObjectNode json = Documents.MAPPER.createObjectNode();
    int repetitions = Integer.parseInt(args[3]);
    json.putObject("recorded").put("git", args[2]).put("repetitions", repetitions);
    ObjectNode curves = json.putObject("curves");
    for (int i = 5; i < args.length; i++) {
      String curve = args[i].substring(0, args[i].indexOf(':'));
      int n = Integer.parseInt(args[i].substring(curve.length() + 1));
      List<JsonNode> runs = runs(Path.of(args[4]), curve + "-" + n, repetitions);
      json.set("machine", runs.getFirst().path("machine"));
      ArrayNode points = curves.withArray("/" + curve);
      points.add(point(n, runs));
    }
    Documents.write(file, json);
  }

  private static List<JsonNode> runs(Path folder, String name, int repetitions) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int repetition = 1; repetition <= repetitions; repetition++) {
      files.add(folder.resolve(name + "-" + repetition + ".json"));
    }
    return Documents.readThose(files);
  }

  /** Medians of the repetitions. */
  private static ObjectNode point(int n, List<JsonNode> runs) {
    ObjectNode point = Documents.MAPPER.createObjectNode().put("n", n);
    FIGURES.forEach(
        (name, pointer) ->
            Documents.median(runs, pointer)
                .ifPresent(value -> point.put(name, Documents.rounded(value, DIGITS))));
    return point;
  }
}
