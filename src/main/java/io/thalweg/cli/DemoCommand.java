package io.thalweg.cli;

import io.thalweg.cli.input.Source;
import io.thalweg.cli.output.Json;
import io.thalweg.client.RetryPolicy;
import io.thalweg.client.ThalwegClient;
import io.thalweg.node.Node;
import io.thalweg.node.NodeStartException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole program at work, from files to anomalies, on this machine alone. */
@Command(
    name = "demo",
    description = {
      "Starts a node of its own, sends it real series (traffic, servers, taxis, tweets and more),"
          + " and shows what it finds: statistics and anomalies of each key.",
      "Fails if a key does not count exactly the rows of its file.",
      "With --kafka the series go through Kafka instead: the demo writes them to a topic, the node"
          + " reads that and writes the anomalies to another one. Fails if a key does not count exactly"
          + " the records written, or if the topic does not tell exactly the anomalies of the journal."
    })
final class DemoCommand extends ThalwegCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Mixin private Output output = new Output();

  @Option(names = "--keep", description = "Let the node run on until Ctrl-C, and keep its data.")
  private boolean keep;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the node keeps its data. Default: a new folder, deleted at the end.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = {"-p", "--port"},
      paramLabel = "N",
      defaultValue = "0",
      description = "Where the node listens. Default: any free port.")
  private int port;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "29",
      description = "Only the first N series. Default: all 29.")
  private int limit;

  @Mixin private KafkaDemoOptions kafka = new KafkaDemoOptions();

  @Override
  public Integer call() throws Exception {
    if (limit < 1) {
      throw usage("--series must be at least 1, not " + limit);
    }
    requirePort(port);
    kafka
        .contradiction()
        .ifPresent(
            c -> {
              throw usage(c);
            });
    List<DemoSeries> series = DemoSeries.find(DemoSeries.bundled(), limit);
    return kafka.isAsked() ? throughKafka(series) : directly(series);
  }

  private int throughKafka(List<DemoSeries> series) throws Exception {
    KafkaDemo demo = new KafkaDemo(kafka, series, keep, port, err());
    if (data.isPresent() && !NodeFolder.isNewOrEmpty(data.get())) {
      throw usage(
          "--data must be a new or an empty folder with --kafka, and " + data.get() + " is not");
    }
    return demo.run(NodeFolder.of(data, keep), this::print);
  }

  private int directly(List<DemoSeries> series) throws Exception {
    NodeFolder folder = NodeFolder.of(data, keep);
    err().println("Starting a node in " + folder.path());
    Node node = start(folder);
    Runnable closing =
        () -> {
          node.close();
          folder.clear();
        };
    OrderlyStop stop = OrderlyStop.install(closing, ExitCode.INTERRUPTED, err());
    try {
      return show(node, series);
    } finally {
      stop.cancel();
      if (!stop.hasBegun()) {
        closing.run();
      }
    }
  }

  private Node start(NodeFolder folder) throws NodeStartException {
    try {
      return DemoNode.start(folder.path(), port, "");
    } catch (NodeStartException failure) {
      folder.clear();
      throw failure;
    }
  }

  private int show(Node node, List<DemoSeries> series) throws IOException, InterruptedException {
    String endpoint = DemoNode.endpoint(node);
    DemoResult result = run(endpoint, series);
    print(result);
    result.incomplete().forEach(this::complain);
    if (keep) {
      DemoReport.nextSteps(endpoint, result).forEach(err()::println);
      err().println("The node runs until Ctrl-C.");
      node.whenStopped().toCompletableFuture().join();
    } else {
      err().println("The node is closed now; thalweg demo --keep --port 7470 lets it run on.");
      DemoReport.nextSteps("127.0.0.1:7470", result).forEach(err()::println);
    }
    return result.incomplete().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static DemoResult run(String endpoint, List<DemoSeries> series)
      throws IOException, InterruptedException {
    RetryPolicy retries = RetryPolicy.givingUpAfter(PATIENCE);
    try (ThalwegClient client =
            ThalwegClient.builder().endpoints(endpoint).retries(retries).build();
        Progress progress = Progress.show("demo", bytes(series))) {
      return new DemoRun(client, DemoNode.STREAM, series).run(progress);
    }
  }

  private void print(DemoResult result) {
    if (output.isJson()) {
      out().println(Json.text(DemoReport.json(result)));
    } else {
      DemoReport.text(result, ansi()).forEach(out()::println);
    }
    out().flush();
  }

  private void print(KafkaDemoResult result) {
    if (output.isJson()) {
      out().println(Json.text(KafkaDemoReport.json(result)));
    } else {
      KafkaDemoReport.text(result, ansi()).forEach(out()::println);
    }
    out().flush();
  }

  private void complain(DemoResult.Key key) {
    err()
        .println(
            "thalweg: "
                + key.state().getKey()
                + " counts "
                + key.state().getTotal().getCount()
                + " samples where its file has "
                + key.rows());
  }

  private static long bytes(List<DemoSeries> series) throws IOException {
    long total = 0;
    for (Source source : series.stream().map(DemoSeries::source).toList()) {
      total += source.size();
    }
    return total;
  }
}
