package io.thalweg.faults;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node of a cluster: the packaged program, started by its launcher. */
final class ClusterNode implements AutoCloseable {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("thalweg.dist"), "thalweg").toAbsolutePath();
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  private final NodeHost host;
  private final Path folder;
  private final Map<String, String> environment;
  private final ManagedChannel channel;
  private volatile @Nullable Process process;
  private boolean closed;

  ClusterNode(NodeHost host, Path folder, Map<String, String> environment) throws IOException {
    this.host = host;
    this.folder = Files.createDirectories(folder);
    this.environment = environment;
    this.channel =
        NettyChannelBuilder.forAddress(host.address(), host.grpcPort()).usePlaintext().build();
  }

  Path folder() {
    return folder;
  }

  NodeHost host() {
    return host;
  }

  ManagedChannel channel() {
    return channel;
  }

  /** Starts it (again); does not wait until it serves. */
  synchronized void start(Path config) throws IOException {
    if (closed) {
      throw new IOException("the node is closed");
    }
    List<String> command = new ArrayList<>(host.enter());
    command.addAll(List.of(LAUNCHER.toString(), "serve", "--config", config.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    process =
        builder
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
  }

  void awaitServing() throws InterruptedException, IOException {
    long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
    while (!isServing()) {
      if (!running().isAlive() || System.nanoTime() > deadline) {
        throw new IOException("the node does not serve; its log: " + Files.readString(log()));
      }
      Thread.sleep(50);
      channel.resetConnectBackoff();
    }
  }

  boolean isServing() {
    try {
      return HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(1, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus()
          == HealthCheckResponse.ServingStatus.SERVING;
    } catch (StatusRuntimeException notYet) {
      return false;
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  void kill() throws InterruptedException {
    running().destroyForcibly().waitFor();
  }

  /** SIGTERM; returns the exit code. */
  int stop() throws InterruptedException, IOException {
    running().destroy();
    return awaitExit();
  }

  /** Waits until it has ended by itself; returns the exit code. */
  int awaitExit() throws InterruptedException, IOException {
    if (!running().waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("the node has not ended; its log: " + Files.readString(log()));
    }
    return running().exitValue();
  }

  void freeze() throws IOException, InterruptedException {
    Shell.signal("STOP", List.of(running().toHandle()));
  }

  void thaw() throws IOException, InterruptedException {
    Shell.signal("CONT", List.of(running().toHandle()));
  }

  /** The end of what it wrote. */
  String lastOfLog() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  boolean isFrozen() throws IOException {
    return isAlive() && Shell.isStopped(running().pid());
  }

  /** How it ended; empty while it runs. */
  OptionalInt exitCode() {
    return process == null || process.isAlive()
        ? OptionalInt.empty()
        : OptionalInt.of(process.exitValue());
  }

  Path log() {
    return folder.resolve("node.log");
  }

  /** How many threads it has. */
  long threads() throws IOException {
    try (var tasks = Files.list(Path.of("/proc", Long.toString(running().pid()), "task"))) {
      return tasks.count();
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("the node was never started");
    }
    return process;
  }

  @Override
  public synchronized void close() throws InterruptedException {
    closed = true;
    channel.shutdownNow();
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }
}
