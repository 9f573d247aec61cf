package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over a file of two keys: {@code a} has noise of at most 1 and at its 200th sample 4, {@code b}
 * the noise alone.
 */
class BacktestCommandTest {
  @TempDir Path folder;
  private Path file = Path.of("");
  private Path config = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Random random = new Random(3);
    StringBuilder lines = new StringBuilder("key,time,value\n");
    for (int i = 1; i <= 450; i++) {
      double value = i == 200 ? 4 : random.nextDouble();
      lines.append("a,%d,%s%nb,%d,%s%n".formatted(i, value, i, random.nextDouble()));
    }
    file = Files.writeString(folder.resolve("two.csv"), lines);
    config =
        Files.writeString(
            folder.resolve("streams.conf"),
            """
            thalweg.streams.noise {
              window { sliding-count = 50 }
              detector { z-score { threshold = 6, min-samples = 30 } }
            }
            """);
  }

  @Test
  void withoutAChangeTheAlertStays() {
    Cli run = run();
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("noise as it was\n")
        .containsPattern("a  v1  stays +1970-01-01T00:00:00\\.200Z  4  score .* over 6  .* mean")
        .contains("a: 1 alerts stay, 0 appear, 0 disappear; 450 samples")
        .doesNotContain("b: ")
        .contains("In all, 2 keys: 1 alerts stay, 0 appear, 0 disappear; 900 samples");
  }

  @Test
  void aHigherThresholdLosesItAndALowerOneHasMore() throws IOException {
    assertThat(run("--set", "detector.threshold=50").out())
        .startsWith("noise with detector.threshold=50\n")
        .containsPattern("a  v1  disappears +1970")
        .contains("0 alerts stay, 0 appear, 1 disappear");
    JsonNode json =
        new JsonMapper()
            .readTree(run("--set", "detector.z-score.threshold=1.8", "-o", "json").out());
    assertThat(json.path("stream").asText()).isEqualTo("noise");
    assertThat(json.path("source").asText()).isEqualTo("files");
    assertThat(json.at("/settings/0").asText()).isEqualTo("detector.z-score.threshold=1.8");
    assertThat(json.path("keys")).hasSize(2);
    assertThat(json.at("/keys/0/key").asText()).isEqualTo("a");
    JsonNode total = json.at("/total/counts");
    assertThat(total.path("stay").asInt()).isEqualTo(1);
    assertThat(total.path("differ").asInt()).isEqualTo(1);
    assertThat(total.path("appear").asInt()).isPositive();
    assertThat(total.path("disappear").asInt()).isZero();
    int appear = 0;
    for (JsonNode key : json.path("keys")) {
      for (JsonNode alert : key.path("alerts")) {
        assertThat(alert.at("/after/explanation").asText()).contains("standard deviations");
        appear += alert.path("change").asText().equals("appears") ? 1 : 0;
      }
    }
    assertThat(appear).isEqualTo(total.path("appear").asInt());
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    Cli setting = run("--set", "detector.z-score.threshold=-1");
    assertThat(setting.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(setting.out()).isEmpty();
    assertThat(setting.err())
        .contains("--set: Invalid value at 'thalweg.streams.noise.detector.z-score'")
        .contains("-1");
    Cli stream = run("--stream", "none");
    assertThat(stream.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(stream.err()).contains("there is no stream none among noise");
    Files.writeString(file, "key,time,value\na,1,1\na,2,x\n");
    Cli malformed = run();
    assertThat(malformed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(malformed.err()).contains("two.csv:3: value 'x' is not a number");
    Files.writeString(file, "key,time,value\na,1,1e999\n");
    assertThat(run().err()).contains("two.csv:2: the value is not finite: Infinity");
    Files.writeString(file, "key,value\na,1\n");
    assertThat(run().err()).contains("two.csv:2: there is no time");
    Files.delete(file);
    assertThat(run().err()).contains("no such file").contains("two.csv");
  }

  private Cli run(String... more) {
    List<String> command =
        new ArrayList<>(List.of("backtest", "--config", config.toString(), file.toString()));
    command.addAll(List.of(more));
    return Cli.run(command.toArray(String[]::new));
  }
}
