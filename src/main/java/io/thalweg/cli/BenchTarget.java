package io.thalweg.cli;

import io.thalweg.cli.bench.OwnNode;
import io.thalweg.cli.bench.Store;
import io.thalweg.cli.bench.Target;
import io.thalweg.cli.bench.Workload;
import io.thalweg.client.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What the load goes to: a server that runs, or a node that is started for it. */
final class BenchTarget {

  /** Where a node that is started keeps its journal. */
  enum Journal {
    ROCKSDB,
    POSTGRES
  }

  @Option(
      names = {"-e", "--endpoint"},
      paramLabel = "HOST:PORT",
      description = "A server that runs; several of a cluster are separated by commas.")
  private Optional<String> endpoints = Optional.empty();

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      description = "With --endpoint: the server's process on this machine, to tell what it uses.")
  private Optional<Long> serverPid = Optional.empty();

  @Option(
      names = "--database-pid",
      paramLabel = "PID",
      description = "With --endpoint: the database's first process, to tell what it uses.")
  private Optional<Long> databasePid = Optional.empty();

  @Option(
      names = {"-j", "--journal"},
      paramLabel = "rocksdb|postgres",
      description = {
        "The journal of the node that is started; for postgres a PostgreSQL is started, too. Default:"
            + " rocksdb."
      })
  private Optional<Journal> journal = Optional.empty();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Further settings of the node that is started.")
  private Optional<Path> settings = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "The node that is started has a new folder in this one, deleted at the end. Default: where"
            + " temporary files are."
      })
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--server-heap",
      paramLabel = "SIZE",
      description = "THALWEG_HEAP of the node that is started. Default: that of this process.")
  private Optional<String> heap = Optional.empty();

  @Option(
      names = "--server-options",
      paramLabel = "OPTIONS",
      description =
          "THALWEG_JAVA_OPTS of the node that is started. Default: those of this process.")
  private Optional<String> options = Optional.empty();

  /** What is wrong with the options; empty: nothing. */
  Optional<String> contradiction() {
    if (endpoints.isPresent()) {
      boolean starts =
          Stream.of(journal, settings, data, heap, options).anyMatch(Optional::isPresent);
      return starts
          ? Optional.of(
              "--journal, --config, --data, --server-heap and --server-options are for a node that is"
                  + " started, not for --endpoint")
          : badEndpoint();
    }
    if (serverPid.isPresent() || databasePid.isPresent()) {
      return Optional.of("--server-pid and --database-pid need --endpoint");
    }
    return Optional.empty();
  }

  /** Whether a node has to be started, in a folder of its own. */
  boolean isStarted() {
    return endpoints.isEmpty();
  }

  NodeFolder folder() throws IOException {
    return NodeFolder.passing(data, "thalweg-bench-");
  }

  /** The running one; what is sent to it is called by the time, lest it have come before. */
  Target running() {
    return new Target.Running(
        endpoints.orElseThrow(), pid(serverPid), pid(databasePid), runName() + "-");
  }

  /**
   * Starts a node and waits until it serves.
   *
   * @param undo takes what ends the parts that have been started
   */
  Target start(NodeFolder folder, Workload workload, Consumer<Runnable> undo)
      throws IOException, InterruptedException {
    Path launcher = launcher();
    Store store =
        switch (journal.orElse(Journal.ROCKSDB)) {
          case ROCKSDB -> Store.rocksDb();
          case POSTGRES -> Store.postgres(folder.path(), undo);
        };
    Map<String, String> environment = new HashMap<>();
    heap.ifPresent(size -> environment.put("THALWEG_HEAP", size));
    options.ifPresent(all -> environment.put("THALWEG_JAVA_OPTS", all));
    OwnNode node =
        OwnNode.launch(
            new OwnNode.Start(launcher, folder.path(), settings, environment), workload, store);
    undo.accept(node::close);
    node.awaitServing();
    return node;
  }

  private static Path launcher() throws IOException {
    Path launcher = Path.of(System.getProperty("thalweg.home", ""), "thalweg");
    if (!Files.isExecutable(launcher)) {
      throw new IOException(
          "there is no launcher at %s to start a node by; give --endpoint of one that runs"
              .formatted(launcher.toAbsolutePath()));
    }
    return launcher;
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

  private static OptionalLong pid(Optional<Long> pid) {
    return pid.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
