package io.thalweg.cli;

import io.thalweg.cli.bench.OwnNode;
import io.thalweg.cli.bench.Target;
import io.thalweg.cli.bench.Workload;
import io.thalweg.client.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the load goes to: a server that runs, or a node that is started for it. */
final class BenchTarget {

  @Option(
      names = {"-e", "--endpoint"},
      paramLabel = "HOST:PORT",
      description = "A server that runs; several of a cluster are separated by commas.")
  private Optional<String> endpoints = Optional.empty();

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      split = ",",
      description = {
        "With --endpoint: the server's process on this machine, to tell what it uses; those of several"
            + " nodes are separated by commas."
      })
  private List<Long> serverPids = List.of();

  @Option(
      names = "--database-pid",
      paramLabel = "PID",
      description = "With --endpoint: the database's first process, to tell what it uses.")
  private Optional<Long> databasePid = Optional.empty();

  @Mixin private StartedNode node = new StartedNode();

  /** What is wrong with the options; empty: nothing. */
  Optional<String> contradiction() {
    if (endpoints.isPresent()) {
      return node.isGiven()
          ? Optional.of(
              "--journal, --config, --data, --server-heap and --server-options are for a node that is"
                  + " started, not for --endpoint")
          : badEndpoint();
    }
    if (!serverPids.isEmpty() || databasePid.isPresent()) {
      return Optional.of("--server-pid and --database-pid need --endpoint");
    }
    return Optional.empty();
  }

  /** Whether a node has to be started, in a folder of its own. */
  boolean isStarted() {
    return endpoints.isEmpty();
  }

  NodeFolder folder() throws IOException {
    return node.folder();
  }

  /** How many servers the load goes to. */
  int count() {
    return endpoints.map(list -> Endpoint.parseList(list).size()).orElse(1);
  }

  /** The running one; what is sent to it is called by the time, lest it have come before. */
  Target running() {
    return new Target.Running(
        endpoints.orElseThrow(),
        serverPids,
        databasePid.map(OptionalLong::of).orElseGet(OptionalLong::empty),
        runName() + "-");
  }

  /**
   * Starts a node and waits until it serves.
   *
   * @param undo takes what ends the parts that have been started
   */
  Target start(NodeFolder folder, Workload workload, Consumer<Runnable> undo)
      throws IOException, InterruptedException {
    OwnNode started = OwnNode.launch(node.start(folder, ""), workload, node.store(folder, undo));
    undo.accept(started::close);
    started.awaitServing();
    return started;
  }

  private static String runName() {
    return Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  }

  private Optional<String> badEndpoint() {
    try {
      Endpoint.parseList(endpoints.orElseThrow());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("--endpoint: " + e.getMessage());
    }
  }
}
