package io.thalweg.cli.nab;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.thalweg.cli.input.Format;
import io.thalweg.cli.input.InputException;
import io.thalweg.cli.input.Mapping;
import io.thalweg.cli.input.Source;
import io.thalweg.cli.input.TimeParser;
import io.thalweg.domain.sample.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A folder as the benchmark has it: {@code data/<folder>/<name>.csv} with {@code timestamp,value},
 * and {@code labels/combined_windows.json}, which has the first and the last time of each window by
 * file. Times are without zone; they are read as UTC.
 */
public record NabFolder(Path path) {
  private static final String EXTENSION = ".csv";
  private static final TimeParser TIMES = new TimeParser(ZoneOffset.UTC, TimeUnit.MILLISECONDS);

  /**
   * The labelled series, by folder and name.
   *
   * @throws InputException if a file is missing or can't be understood
   */
  public List<LabelledSeries> read() throws IOException {
    List<LabelledSeries> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : labels().entrySet()) {
      all.add(series(entry.getKey(), entry.getValue()));
    }
    if (all.isEmpty()) {
      throw new InputException(labelFile() + " names no series");
    }
    return List.copyOf(all);
  }

  private Path labelFile() {
    return path.resolve("labels").resolve("combined_windows.json");
  }

  private Map<String, JsonNode> labels() throws IOException {
    if (!Files.isRegularFile(labelFile())) {
      throw new InputException("there is no " + labelFile());
    }
    try {
      JsonNode root = new JsonMapper().readTree(labelFile().toFile());
      if (root.isObject()) {
        Map<String, JsonNode> labels = new TreeMap<>();
        root.properties().forEach(file -> labels.put(file.getKey(), file.getValue()));
        return labels;
      }
    } catch (JacksonException e) {
      throw new InputException(labelFile() + " is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new InputException(labelFile() + " holds no object with the windows of each file");
  }

  private LabelledSeries series(String file, JsonNode windows) throws IOException {
    int slash = file.indexOf('/');
    if (slash < 1 || !file.endsWith(EXTENSION) || file.contains("..")) {
      throw wrong(file, "is not of the form folder/name" + EXTENSION);
    }
    Series samples = new Source(path.resolve("data").resolve(file)).series(mapping(file));
    try {
      return new LabelledSeries(
          file.substring(0, slash),
          file.substring(slash + 1, file.length() - EXTENSION.length()),
          samples,
          windows(windows, rowsByTime(samples)));
    } catch (IllegalArgumentException e) {
      throw wrong(file, String.valueOf(e.getMessage()));
    }
  }

  private InputException wrong(String file, String reason) {
    return new InputException(labelFile() + ": " + file + ": " + reason);
  }

  /** Of rows with the same time, the first. */
  private static Map<Long, Integer> rowsByTime(Series samples) {
    Map<Long, Integer> rows = new HashMap<>();
    for (int row = 0; row < samples.size(); row++) {
      rows.putIfAbsent(samples.timesNanos()[row], row);
    }
    return rows;
  }

  private static List<LabelledWindow> windows(JsonNode labels, Map<Long, Integer> rows) {
    List<LabelledWindow> windows = new ArrayList<>();
    for (JsonNode ends : labels) {
      windows.add(
          new LabelledWindow(row(ends.path(0).asText(), rows), row(ends.path(1).asText(), rows)));
    }
    return windows;
  }

  private static int row(String time, Map<Long, Integer> rows) {
    Integer row = rows.get(TIMES.parse(time));
    if (row == null) {
      throw new IllegalArgumentException(
          "a window begins or ends at " + time + ", and no row does");
    }
    return row;
  }

  private static Mapping mapping(String file) {
    return new Mapping(
        Format.CSV,
        true,
        Optional.empty(),
        Optional.of("timestamp"),
        Optional.of("value"),
        Optional.of(file),
        file,
        TIMES);
  }
}
