package io.thalweg.cli.bench;

import com.typesafe.config.ConfigUtil;
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
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String ANNOUNCEMENT = "thalweg listens on ";
  private static final int LOG_LINES = 20;

  private final Process process;
  private final Store store;
  private final String endpoint;

  private OwnNode(Process process, Store store, String endpoint) {
    this.process = process;
    this.store = store;
    this.endpoint = endpoint;
  }

  /**
   * How to start one.
   *
   * @param launcher the program's
   * @param folder empty, and the node's alone
   * @param settings a file with further settings
   * @param environment what is set over this process's
   */
  public record Start(
      Path launcher, Path folder, Optional<Path> settings, Map<String, String> environment) {}

  /**
   * Starts a node and waits until it serves. The store is the node's from here on.
   *
   * @throws IOException if it does not start; with the end of its log
   */
  public static OwnNode start(Start start, Workload workload, Store store)
      throws IOException, InterruptedException {
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
    Process process = builder.start();
    try {
      return new OwnNode(process, store, awaitEndpoint(process, announced, log));
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      store.close();
      throw e;
    }
  }

  @Override
  public String endpoints() {
    return endpoint;
  }

  /** The launcher becomes the node: it is one process. */
  @Override
  public OptionalLong serverPid() {
    return OptionalLong.of(process.pid());
  }

  @Override
  public OptionalLong databasePid() {
    return store.pid();
  }

  /** It is new, and so are all keys. */
  @Override
  public String prefix() {
    return "";
  }

  /** Stops the node in order, or else by force, and then its store. */
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
    } finally {
      store.close();
    }
  }

  private static String config(Start start, Workload workload, Store store) {
    String include =
        start
            .settings()
            .map(file -> ConfigUtil.quoteString(file.toAbsolutePath().toString()))
            .map(file -> "include required(file(" + file + "))\n")
            .orElse("");
    return include + store.settings() + "\nthalweg.streams {\n" + workload.definition() + "}\n";
  }

  private static String awaitEndpoint(Process process, Path announced, Path log)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      String said = Files.readString(announced);
      if (said.startsWith(ANNOUNCEMENT) && said.endsWith("\n")) {
        return said.substring(ANNOUNCEMENT.length()).strip();
      }
      if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the node has not started; its log ends:\n" + end(log));
      }
    }
    throw new IOException(
        "the node has not started within %d s; its log ends:%n%s"
            .formatted(START_PATIENCE.toSeconds(), end(log)));
  }

  private static String end(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }
}
