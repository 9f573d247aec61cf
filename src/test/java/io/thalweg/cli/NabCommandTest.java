package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/**
 * From files to scores, over two folders: in {@code odd/jump} the level jumps at row 300, the first
 * of its window of 20 rows, and in {@code even/noise} there is nothing but noise.
 */
class NabCommandTest {
  private static final List<String> Z_SCORE =
      List.of(
          "--set=window.sliding-count=50",
          "--set=detector.z-score.threshold=6",
          "--set=detector.z-score.min-samples=30");

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    series("odd/jump", 300);
    series("even/noise", Integer.MAX_VALUE);
    Files.createDirectories(folder.resolve("labels"));
    Files.writeString(
        folder.resolve("labels/combined_windows.json"),
        """
        {"odd/jump.csv": [["2014-04-01 05:00:00.000000", "2014-04-01 05:19:00.000000"]],
         "even/noise.csv": []}
        """);
  }

  @Test
  void theFirstRowOfTheJumpIsFoundAndNothingElse() throws IOException {
    Cli run = run("-o", "json");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    JsonNode json = new JsonMapper().readTree(run.out());
    assertThat(json.path("detector").asText()).startsWith("z-score");
    for (String profile : List.of("standard", "reward_low_fp", "reward_low_fn")) {
      JsonNode score = json.path("profiles").path(profile);
      assertThat(score.path("score").asDouble()).as(profile).isCloseTo(100, within(1e-9));
      assertThat(score.path("hits").asInt()).isEqualTo(1);
      assertThat(score.path("false_alerts").asInt()).isZero();
    }
    assertThat(json.at("/folders/0/folder").asText()).isEqualTo("even");
    assertThat(json.at("/folders/0/profiles/standard/score").isMissingNode()).isTrue();
    assertThat(json.at("/series/1/name").asText()).isEqualTo("jump");
    assertThat(json.at("/series/1/probation").asInt()).isEqualTo(60);
    JsonNode alert = json.at("/series/1/alerts/0");
    assertThat(alert.path("row").asInt()).isEqualTo(300);
    assertThat(alert.path("time").asText()).isEqualTo("2014-04-01T05:00:00Z");
    assertThat(alert.path("in_window").asBoolean()).isTrue();
    assertThat(json.at("/profiles/standard/threshold").asDouble())
        .isEqualTo(alert.path("anomaly_score").asDouble());
  }

  @Test
  void peopleGetATableOfFilesOfFoldersAndOfProfiles() {
    String out = run().out();
    assertThat(out)
        .containsPattern("odd +400 +1 +1 +0 +0 +1.00 +1.00 +1.00 +jump\n")
        .containsPattern("even +400 +0 +0 +0 +0 +- +- +- +1\n")
        .contains("In all, by z-score", "800 rows of 2 series")
        .containsPattern("standard .*100.0\n")
        .containsPattern("reward low FN .* -2.00 +1.00 +100.0\n");
  }

  @Test
  void theDetectorIsTheSurpriseOneUnlessAnotherIsSet() {
    Cli run = Cli.run("nab", folder.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("In all, by surprise/").contains("standard");
  }

  @Test
  void rowsAreWrittenAsTheBenchmarkReadsThem() throws IOException {
    Path results = folder.resolve("results");
    assertThat(run("--results", results.toString()).exitCode()).isZero();
    List<String> lines =
        Files.readAllLines(results.resolve("z-score").resolve("odd").resolve("z-score_jump.csv"));
    assertThat(lines).hasSize(401);
    assertThat(lines.getFirst()).isEqualTo("timestamp,value,anomaly_score,label");
    assertThat(lines.get(1)).startsWith("2014-04-01 00:00:00,").endsWith(",0.0,0");
    assertThat(lines.get(300)).startsWith("2014-04-01 04:59:00,").endsWith(",0.0,0");
    assertThat(lines.get(301)).matches("2014-04-01 05:00:00,[^,]+,0\\.9\\d+,1");
    assertThat(lines.get(320)).endsWith(",1");
    assertThat(lines.get(321)).endsWith(",0");
    assertThat(results.resolve("z-score/even/z-score_noise.csv")).exists();
  }

  @Test
  void theFigureHasAPanelForEachSeriesWithItsWindowsAndAlerts() throws Exception {
    Path file = folder.resolve("figure.svg");
    assertThat(run("--figure", file.toString()).exitCode()).isZero();
    Document figure = xml(Files.readString(file));
    assertThat(texts(figure)).contains("odd/jump", "0", "1 Apr 03:00").doesNotContain("even/noise");
    assertThat(texts(figure))
        .anyMatch(text -> text.endsWith("1 of 1 windows hit, false alerts: 0"));
    assertThat(figure.getElementsByTagName("polyline").getLength()).isEqualTo(1);
    run("--figure", file.toString(), "--series", "even/noise", "--series", "odd/jump");
    assertThat(texts(xml(Files.readString(file)))).containsSubsequence("even/noise", "odd/jump");
    Cli unknown = run("--figure", file.toString(), "--series", "odd/none");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("there is no series odd/none");
  }

  @Test
  void aStreamOfTheConfigurationCanBeScored() throws IOException {
    Path config = folder.resolve("streams.conf");
    Files.writeString(
        config,
        """
        thalweg.streams {
          loud { window { sliding-count = 50 }, detector { z-score { threshold = 6, min-samples = 30 } } }
          mute { window { total {} } }
        }
        """);
    Cli loud = named("loud", config);
    assertThat(loud.exitCode()).isZero();
    assertThat(loud.out()).isEqualTo(run().out());
    Cli mute = named("mute", config);
    assertThat(mute.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(mute.err()).contains("the stream mute has no detector");
    Cli none = named("none", config);
    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("there is no stream none among loud, mute");
  }

  @Test
  void aFolderWithoutLabelsIsNamed() {
    Cli run = Cli.run("nab", folder.resolve("odd").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("there is no").contains("combined_windows.json");
  }

  private Cli named(String stream, Path config) {
    return Cli.run("nab", folder.toString(), "--stream", stream, "--config", config.toString());
  }

  private Cli run(String... more) {
    ArrayList<String> command = new ArrayList<>(List.of("nab", folder.toString()));
    command.addAll(Z_SCORE);
    command.addAll(List.of(more));
    return Cli.run(command.toArray(String[]::new));
  }

  /** Noise of at most 1, a row a minute, on a level that jumps. */
  private void series(String name, int jump) throws IOException {
    Random random = new Random(5);
    StringBuilder rows = new StringBuilder("timestamp,value\n");
    for (int row = 0; row < 400; row++) {
      double value = random.nextDouble() + (row >= jump ? 20 : 0);
      rows.append("2014-04-01 %02d:%02d:00,%s\n".formatted(row / 60, row % 60, value));
    }
    Path file = folder.resolve("data").resolve(name + ".csv");
    Files.createDirectories(file.getParent());
    Files.writeString(file, rows);
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static List<String> texts(Document figure) {
    var nodes = figure.getElementsByTagName("text");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }
}
