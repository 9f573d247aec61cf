package io.thalweg.bench.tool;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads and writes JSON, and takes medians. */
final class Documents {
  static final JsonMapper MAPPER = new JsonMapper();

  private Documents() {}

  static JsonNode read(Path file) throws IOException {
    return MAPPER.readTree(file.toFile());
  }

  /** Those that are there and hold something: a run that failed leaves none. */
  static List<JsonNode> readThose(List<Path> files) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (Path file : files) {
      if (Files.exists(file) && Files.size(file) > 0) {
        all.add(read(file));
      }
    }
    return all;
  }

  /** For people, a value on each line. */
  static void write(Path file, JsonNode document) throws IOException {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultPrettyPrinter.FixedSpaceIndenter.instance);
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    Files.writeString(file, MAPPER.writer(printer).writeValueAsString(document) + "\n");
  }

  /** The median of what the documents hold at a place; empty: none holds a number there. */
  static Optional<Double> median(List<JsonNode> documents, String pointer) {
    double[] values =
        documents.stream()
            .map(document -> document.at(pointer))
            .filter(JsonNode::isNumber)
            .mapToDouble(JsonNode::asDouble)
            .toArray();
    return values.length == 0 ? Optional.empty() : Optional.of(median(values));
  }

  /** With an even number of values, the mean of the middle two. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** To so many significant digits: more are noise, and make a file hard to read. */
  static double rounded(double value, int digits) {
    return new BigDecimal(value).round(new MathContext(digits)).doubleValue();
  }
}
