package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thalweg.v1.Summary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user runs it, against exact arithmetic on the bundled files. */
class DemoIT {
  private static final Path DIST = Path.of(System.getProperty("thalweg.dist")).toAbsolutePath();

  private static final Path DATA = DIST.resolve("demo/nab/data");

  @TempDir Path folder;

  @Test
  void everyRowOfEverySeriesIsCountedAndTheNumbersAreExact() throws Exception {
    Path out = folder.resolve("demo.json");
    Process demo =
        new ProcessBuilder(DIST.resolve("thalweg").toString(), "demo", "-o", "json")
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("demo.err").toFile())
            .start();
    assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(demo.exitValue()).as(Files.readString(folder.resolve("demo.err"))).isZero();

    JsonNode keys = new ObjectMapper().readTree(out.toFile()).path("keys");
    Oracle oracle = new Oracle();
    List<Path> files = files();
    assertThat(keys).hasSameSizeAs(files);
    for (Path file : files) {
      String key = DATA.relativize(file).toString().replace(".csv", "");
      for (String row : rows(file)) {
        oracle.add(key, Double.parseDouble(row.substring(row.indexOf(',') + 1)));
      }
    }
    for (JsonNode key : keys) {
      assertThat(key.has("anomalies")).isTrue();
      oracle.check(
          key.path("key").asText(),
          Summary.newBuilder()
              .setCount(key.path("count").asLong())
              .setMean(key.path("mean").asDouble())
              .setVariance(key.path("variance").asDouble())
              .setSum(key.path("mean").asDouble() * key.path("count").asLong())
              .setMin(key.path("min").asDouble())
              .setMax(key.path("max").asDouble())
              .build());
    }
  }

  private static List<String> rows(Path file) throws Exception {
    List<String> lines = Files.readAllLines(file);
    return lines.subList(1, lines.size());
  }

  private static List<Path> files() throws Exception {
    try (Stream<Path> files = Files.walk(DATA)) {
      return files.filter(file -> file.toString().endsWith(".csv")).toList();
    }
  }
}
