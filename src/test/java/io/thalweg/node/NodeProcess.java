package io.thalweg.node;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged program as a process of its own, started by its launcher as a user starts it. */
final class NodeProcess implements AutoCloseable {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("thalweg.dist"), "thalweg").toAbsolutePath();
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);

  private final Path folder;
  private final String heap;
  private final int port;

  @SuppressWarnings("NullAway.Init") // nobody has one that was not started
  private Process process;

  private NodeProcess(Path folder, String heap, int port) {
    this.folder = folder;
    this.heap = heap;
    this.port = port;
  }

  /**
   * Starts a node with its data, configuration and log in a folder, and waits until it serves.
   *
   * @param streams HOCON
   */
  static NodeProcess start(Path folder, String streams) throws Exception {
    return start(folder, streams, "512m");
  }

  /**
   * @param heap as THALWEG_HEAP takes it
   */
  static NodeProcess start(Path folder, String streams, String heap) throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("thalweg.conf"), streams);
    NodeProcess node = new NodeProcess(folder, heap, freePort());
    node.start();
    return node;
  }

  /** Starts it (again) and waits until it serves. */
  void start() throws Exception {
    process =
        command(
            "serve",
            "--config",
            folder.resolve("thalweg.conf").toString(),
            "--data",
            folder.resolve("data").toString(),
            "--port",
            Integer.toString(port));
    awaitServing();
  }

  int port() {
    return port;
  }

  String endpoint() {
    return "127.0.0.1:" + port;
  }

  Process process() {
    return process;
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and waits for the end. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the node does not end");
    }
  }

  /** Another command of the program, its output appended to a file named after it. */
  Process command(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(LAUNCHER.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("THALWEG_HEAP", heap);
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    return builder
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output(arguments[0]).toFile()))
        .redirectError(
            ProcessBuilder.Redirect.appendTo(folder.resolve(arguments[0] + ".err").toFile()))
        .start();
  }

  /** What a command has printed. */
  Path output(String command) {
    return folder.resolve(command + ".out");
  }

  ManagedChannel channel() {
    return NettyChannelBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .usePlaintext()
        .build();
  }

  private void awaitServing() throws Exception {
    ManagedChannel channel = channel();
    try {
      long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
      while (!isServing(channel)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "the node does not serve; it said:\n"
                  + Files.readString(folder.resolve("serve.err")));
        }
        Thread.sleep(20);
        channel.resetConnectBackoff();
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private static boolean isServing(ManagedChannel channel) {
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

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
