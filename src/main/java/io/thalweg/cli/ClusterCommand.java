package io.thalweg.cli;

import io.thalweg.cli.cluster.ClusterSettings;
import io.thalweg.cli.cluster.DevelopmentCluster;
import io.thalweg.cli.cluster.DevelopmentFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a cluster on this machine. */
@Command(
    name = "cluster",
    description = {
      "Runs a cluster on this machine, to develop with and to look at: a PostgreSQL that comes with"
          + " the program, and nodes, each a process of its own.",
      "Ctrl-C and SIGTERM stop all in order, the nodes one after the other, with exit code 0. A node"
          + " that ends by itself is named and not started again: the others take over its keys."
    })
final class ClusterCommand extends ThalwegCommand {
  @Option(
      names = {"-n", "--nodes"},
      paramLabel = "N",
      defaultValue = "3",
      description = "How many nodes, 1 to 7. Default: 3.")
  private int nodes;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "N",
      defaultValue = "7470",
      description =
          "Where the first node's gRPC listens. Its remoting and management take the next two ports,"
              + " each further node listens 10 above. Default: 7470.")
  private int port;

  @Option(
      names = "--postgres-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Where PostgreSQL listens. Default: any free port.")
  private int postgresPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where PostgreSQL and its data are kept. Default: target/cluster of a checkout, otherwise"
              + " thalweg/cluster in XDG_DATA_HOME or ~/.local/share; it stays between runs.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The nodes' settings, as of serve.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "512m",
      description = "Heap of each node. Default: 512m.")
  private String heap = "";

  @Option(
      names = {"-q", "--quiet"},
      description = "Let the nodes log warnings only.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClusterSettings settings = settings();
    DevelopmentCluster cluster =
        new DevelopmentCluster(settings, new ClusterLog(err(), ansi())::line);
    OrderlyStop stop =
        OrderlyStop.install(cluster::close, ExitCode.OK, err(), cluster.closePatience());
    try {
      tell(cluster.start());
      err().println("thalweg: " + cluster.await(this::warn));
    } catch (IOException | RuntimeException failure) {
      if (!stop.hasBegun()) {
        throw failure; // else it failed because it was stopped
      }
    } finally {
      stop.cancel();
      if (!stop.hasBegun()) {
        cluster.close();
      }
    }
    return ExitCode.FAILED;
  }

  private ClusterSettings settings() {
    try {
      return new ClusterSettings(
          nodes, port, postgresPort, data.orElseGet(DevelopmentFolder::usual), heap, config, quiet);
    } catch (IllegalArgumentException refused) {
      throw usage(String.valueOf(refused.getMessage()));
    }
  }

  private void warn(String news) {
    err().println(ansi().string("@|bold,yellow thalweg: |@") + news);
  }

  private void tell(DevelopmentCluster.Started started) {
    started.nodes().forEach(n -> out().println(n.name() + "  " + n.grpc() + "  " + n.management()));
    out()
        .println(
            "postgres  " + started.url() + "  user thalweg, password in " + started.passwordFile());
    out().println();
    nextSteps(started.nodes()).forEach(out()::println);
    out().flush();
  }

  private static List<String> nextSteps(List<ClusterSettings.NodeAddress> nodes) {
    String first = nodes.getFirst().grpc();
    String last = nodes.getLast().grpc();
    return List.of(
        "Try next, in another terminal:",
        "  printf 'key,value\\ncard-0,12.5\\n' | ./thalweg ingest -s payments -e " + first + " -",
        "  ./thalweg get -s payments -e " + last + " card-0",
        "  ./thalweg status --watch -e " + first,
        "Ctrl-C stops all.");
  }
}
