package io.thalweg.cli;

import io.thalweg.cli.bench.OwnNode;
import io.thalweg.cli.bench.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How a node is started to be measured. */
final class StartedNode {

  /** Where a node that is started keeps its journal. */
  enum Journal {
    ROCKSDB,
    POSTGRES
  }

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

  /** Whether any of the options is. */
  boolean isGiven() {
    return Stream.of(journal, settings, data, heap, options).anyMatch(Optional::isPresent);
  }

  /** A new one. */
  NodeFolder folder() throws IOException {
    return NodeFolder.passing(data, "thalweg-bench-");
  }

  /** The journal's kind, in lower case. */
  String journal() {
    return journal.orElse(Journal.ROCKSDB).name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param own settings over all others: HOCON
   */
  OwnNode.Start start(NodeFolder folder, String own) throws IOException {
    Map<String, String> environment = new HashMap<>();
    heap.ifPresent(size -> environment.put("THALWEG_HEAP", size));
    options.ifPresent(all -> environment.put("THALWEG_JAVA_OPTS", all));
    return new OwnNode.Start(launcher(), folder.path(), settings, own, environment);
  }

  /**
   * @param undo takes what ends a database that has been started
   */
  Store store(NodeFolder folder, Consumer<Runnable> undo) throws IOException, InterruptedException {
    return switch (journal.orElse(Journal.ROCKSDB)) {
      case ROCKSDB -> Store.rocksDb();
      case POSTGRES -> Store.postgres(folder.path(), undo);
    };
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
}
