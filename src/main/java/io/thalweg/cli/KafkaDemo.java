package io.thalweg.cli;

import io.thalweg.cli.cluster.KafkaHome;
import io.thalweg.cli.cluster.PassingKafka;
import io.thalweg.cli.kafka.DemoTopics;
import io.thalweg.cli.kafka.SampleWriter;
import io.thalweg.client.RetryPolicy;
import io.thalweg.client.ThalwegClient;
import io.thalweg.node.Node;
import io.thalweg.node.NodeStartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The demonstration through Kafka: starts what it takes, lets {@link KafkaDemoRun} show it, and
 * ends all of it, the node before the broker.
 *
 * @param port where the node listens; 0: any free one
 * @param err hears what goes on
 */
record KafkaDemo(
    KafkaDemoOptions options, List<DemoSeries> series, boolean keep, int port, PrintWriter err) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);

  /**
   * Runs it, and with {@code keep} on until the node is stopped.
   *
   * @param folder for the data of node and broker; its alone
   * @param print takes what was found
   * @return what the process ends with
   */
  int run(NodeFolder folder, Consumer<KafkaDemoResult> print) throws Exception {
    Undo undo = new Undo();
    OrderlyStop stop = OrderlyStop.install(undo, ExitCode.INTERRUPTED, err, STOP_PATIENCE);
    try {
      undo.add(folder::clear);
      return run(folder, print, undo);
    } catch (IOException | NodeStartException | RuntimeException failure) {
      if (stop.hasBegun()) {
        return ExitCode.INTERRUPTED; // node and broker were stopped under our hands
      }
      throw failure;
    } finally {
      stop.cancel();
      if (!stop.hasBegun()) {
        undo.run();
      }
    }
  }

  private int run(NodeFolder folder, Consumer<KafkaDemoResult> print, Undo undo)
      throws IOException, InterruptedException, NodeStartException {
    String bootstrap =
        options.bootstrap().isPresent() ? options.bootstrap().get() : startBroker(folder, undo);
    DemoTopics topics = DemoTopics.at(bootstrap);
    undo.add(topics::close);
    if (options.bootstrap().isPresent() && !keep) {
      undo.add(topics::delete);
    }
    topics.create();
    tell(
        "Kafka answers at %s. Topics: %s with %d partitions, %s with %d.",
        bootstrap,
        DemoTopics.SAMPLES,
        DemoTopics.SAMPLES_PARTITIONS,
        DemoTopics.ANOMALIES,
        DemoTopics.ANOMALIES_PARTITIONS);
    Node node = startNode(folder, bootstrap, undo);
    KafkaDemoResult result = show(node, bootstrap, topics);
    print.accept(result);
    result.complaints().forEach(c -> tell("thalweg: %s", c));
    if (keep) {
      runOn(node, bootstrap, result);
    } else {
      tell("All of it ends now; thalweg demo --kafka --keep lets it run on.");
    }
    return result.isRight() ? ExitCode.OK : ExitCode.FAILED;
  }

  private String startBroker(NodeFolder folder, Undo undo)
      throws IOException, InterruptedException {
    KafkaHome home = options.home();
    tell("Starting a broker of Kafka %s in %s", home.version(), folder.path().resolve("kafka"));
    return PassingKafka.start(folder.path().resolve("kafka"), home, undo::add).bootstrap();
  }

  /** What undoes it is there before it has begun: a node can't be stopped while it starts. */
  private Node startNode(NodeFolder folder, String bootstrap, Undo undo) throws NodeStartException {
    tell(
        "Starting a node in %s: it reads the one and writes to the other.",
        folder.path().resolve("node"));
    CompletableFuture<Node> starting = new CompletableFuture<>();
    undo.add(() -> starting.thenAccept(Node::close).exceptionally(none -> null).join());
    try {
      Node node = DemoNode.start(folder.path().resolve("node"), port, settings(bootstrap));
      starting.complete(node);
      return node;
    } finally {
      starting.completeExceptionally(new IllegalStateException("the node has not started"));
    }
  }

  private KafkaDemoResult show(Node node, String bootstrap, DemoTopics topics)
      throws IOException, InterruptedException {
    RetryPolicy retries = RetryPolicy.givingUpAfter(PATIENCE);
    try (ThalwegClient client =
        ThalwegClient.builder().endpoints(DemoNode.endpoint(node)).retries(retries).build()) {
      return new KafkaDemoRun(client, bootstrap, topics, series, line -> tell("%s", line)).run();
    }
  }

  private void runOn(Node node, String bootstrap, KafkaDemoResult result) {
    DemoReport.nextSteps(DemoNode.endpoint(node), result.liveliest())
        .forEach(line -> tell("%s", line));
    tell(
        "The topics %s and %s stay at %s. The node runs until Ctrl-C.",
        DemoTopics.SAMPLES, DemoTopics.ANOMALIES, bootstrap);
    node.whenStopped().toCompletableFuture().join();
  }

  private void tell(String format, Object... values) {
    err.println(String.format(Locale.ROOT, format, values));
    err.flush();
  }

  /** What a user would write: see the site's page on Kafka. */
  private static String settings(String bootstrap) {
    return """
        thalweg.kafka {
          clusters.demo.bootstrap = "%s"
          sources.demo {
            topic = %s, group = %s, stream = %s, format = json, poison = stop, commit-every = 200ms
            value-field = %s, time-field = %s, time-unit = iso
          }
          sinks.demo { topic = %s, streams = [%s], what = [anomalies], format = json }
        }
        """
        .formatted(
            bootstrap,
            DemoTopics.SAMPLES,
            DemoTopics.GROUP,
            DemoNode.STREAM,
            SampleWriter.VALUE,
            SampleWriter.TIME,
            DemoTopics.ANOMALIES,
            DemoNode.STREAM);
  }
}
