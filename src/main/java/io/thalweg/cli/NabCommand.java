package io.thalweg.cli;

import io.thalweg.cli.nab.Detection;
import io.thalweg.cli.nab.LabelledSeries;
import io.thalweg.cli.nab.NabFolder;
import io.thalweg.cli.nab.NabJson;
import io.thalweg.cli.nab.NabResult;
import io.thalweg.cli.nab.ResultFiles;
import io.thalweg.cli.nab.figure.Figure;
import io.thalweg.cli.output.Json;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.node.NodeStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores a detector. */
@Command(
    name = "nab",
    description = {
      "Scores a stream's detector on labelled series as the Numenta Anomaly Benchmark does.",
      "",
      "DIR holds data/<folder>/<name>.csv with timestamp,value (UTC) and"
          + " labels/combined_windows.json with the first and last time of each anomaly. Every file"
          + " is fed to a key of its own, in batches, by the code that runs in a node. One threshold"
          + " serves all files; it is the best one for the profile, as the benchmark has it.",
    },
    footer = {
      "",
      "Examples:",
      "  thalweg nab",
      "  thalweg nab NAB --results NAB/results",
      "  thalweg nab --set window.sliding-count=288 --set detector.z-score.threshold=6 \\",
      "    --set detector.z-score.min-samples=100",
      "  thalweg nab --figure nab.svg --series realTraffic/speed_7578",
    })
final class NabCommand extends ThalwegCommand {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The labelled series. Default: the 29 that come with the program.")
  private Optional<Path> folder = Optional.empty();

  @Mixin private NabOptions options = new NabOptions();
  @Mixin private Output output = new Output();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Write the anomaly score of each row to <detector>/<folder>/ in here.")
  private Optional<Path> results = Optional.empty();

  @Option(
      names = "--figure",
      paramLabel = "FILE",
      description = "Draw some of the series with windows and alerts as SVG.")
  private Optional<Path> figure = Optional.empty();

  @Option(
      names = "--series",
      paramLabel = "FOLDER/NAME",
      description =
          "Draw this one; may be repeated. Default: of each folder that with the most windows.")
  private List<String> drawn = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    if (figure.isEmpty() && !drawn.isEmpty()) {
      throw usage("--series needs --figure");
    }
    StreamDefinition definition = definition();
    List<LabelledSeries> series = new NabFolder(folder.orElseGet(NabCommand::bundled)).read();
    NabResult result = NabResult.of(definition, detect(definition, series));
    if (results.isPresent()) {
      ResultFiles.write(result, results.get());
    }
    if (figure.isPresent()) {
      Files.writeString(figure.get(), draw(result));
    }
    print(result);
    return ExitCode.OK;
  }

  private static Path bundled() {
    return Objects.requireNonNull(DemoSeries.bundled().getParent(), "data lies in a folder");
  }

  private StreamDefinition definition() throws NodeStartException {
    try {
      return options.definition();
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private static List<Detection> detect(StreamDefinition definition, List<LabelledSeries> series) {
    List<Detection> detections = new ArrayList<>();
    for (LabelledSeries one : series) {
      detections.add(Detection.of(definition, one));
    }
    return detections;
  }

  private String draw(NabResult result) {
    try {
      return Figure.of(result, drawn);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private void print(NabResult result) throws IOException {
    if (output.isJson()) {
      out().println(Json.text(NabJson.of(result)));
    } else {
      NabReport.text(result, ansi()).forEach(out()::println);
    }
    out().flush();
  }
}
