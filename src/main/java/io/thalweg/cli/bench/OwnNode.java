package io.thalweg.cli.bench;

import com.typesafe.config.ConfigUtil;
import io.thalweg.cli.cluster.LogEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A node that a run starts, as a process of its own by the program's launcher, so with the options
 * of a node; its data, settings and log are in a folder of the run's.
 */
public final class OwnNode implements Target {
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  /**
   * Its data are deleted next: it stops in order for what it may have been told to write at exit.
   */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(7);

  private static final Duration POLL = Duration.ofMillis(10);
  private static final String ANNOUNCEMENT = "thalweg listens on ";

  private final Process process;
  private final Path announced;
  private final Path log;
  private final Store store;
  private String endpoint = "";

  private OwnNode(Process process, Path announced, Path log, Store store) {
    this.process = process;
    this.announced = announced;
    this.log = log;
    this.store = store;
  }

  /**
   * How to start one.
   *
   * @param launcher the program's
   * @param folder empty, and the node's alone
   * @param settings a file with further settings
   * @param own settings of the run, over all others: HOCON
   * @param environment what is set over this process's
   */
  public record Start(
      Path launcher,
      Path folder,
      Optional<Path> settings,
      String own,
      Map<String, String> environment) {}

  /**
   * Starts the process, on what an earlier one in the same folder has left, if there was one that
   * has ended. The store must serve until the node is closed.
   */
  public static OwnNode launch(Start start, Workload workload, Store store) throws IOException {
    Path config = start.folder().resolve("bench.conf");
    Files.writeString(config, config(start, workload, store));
    Path announced = start.folder().resolve("serve.out");
    Path log = start.folder().resolve("serve.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                start.launcher().toString(),
                "serve",
                "--config",
                config.toString(),
                "--data",
                start.folder().resolve("data").toString(),
                "--port",
                "0")
            .redirectOutput(announced.toFile())
            .redirectError(log.toFile());
    builder.environment().putAll(start.environment());
    return new OwnNode(builder.start(), announced, log, store);
  }

  /**
   * Waits until it serves; nothing else is to be asked of it before.
   *
   * @throws IOException if it does not start; with the end of its log
   */
  public void awaitServing() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      // The JVM may have something to say before it, of a flight recording for example.
      String said = Files.readString(announced);
      int at = said.lastIndexOf(ANNOUNCEMENT);
      if (at >= 0 && said.endsWith("\n")) {
        endpoint = said.substring(at + ANNOUNCEMENT.length()).strip();
        return;
      }
      if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the node has not started; its log ends:\n" + end(log));
      }
    }
    throw new IOException(
        "the node has not started within %d s; its log ends:%n%s"
            .formatted(START_PATIENCE.toSeconds(), end(log)));
  }

  @Override
  public String endpoints() {
    return endpoint;
  }

  /** The launcher becomes the node: it is one process. */
  @Override
  public List<Long> serverPids() {
    return List.of(process.pid());
  }

  @Override
  public OptionalLong databasePid() {
    return store.databasePid();
  }

  /** It is new, and so are all keys. */
  @Override
  public String prefix() {
    return "";
  }

  /** Ends the node as a crash would: {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops the node in order, or else by force. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String config(Start start, Workload workload, Store store) {
    String include =
        start
            .settings()
            .map(file -> ConfigUtil.quoteString(file.toAbsolutePath().toString()))
            .map(file -> "include required(file(" + file + "))\n")
            .orElse("");
    return include
        + store.settings()
        + start.own()
        + "\nthalweg.streams {\n"
        + workload.definition()
        + "}\n";
  }

  private static String end(Path log) throws IOException {
    LogEnd end = new LogEnd();
    Files.readAllLines(log).forEach(end::add);
    return end.text();
  }
}
