package io.thalweg.hostile;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, with a small heap. */
final class HostileNode implements AutoCloseable {
  static final String HONEST_STREAM = "honest";
  private static final Duration READY_MAX = Duration.ofSeconds(120);
  private static final Duration STOP_MAX = Duration.ofSeconds(20);

  private static final String STREAMS =
      """
      thalweg.streams {
        honest { window { sliding-count = 10 } }
        prey {
          windows {
            minute { tumbling { size = 1m } }
            hops { hopping { size = 1m, slide = 10s } }
            session { session { gap = 30s } }
          }
          detector { surprise {} }
        }
      }
      """;

  private final Process process;
  private final int port;
  private final Path log;

  private HostileNode(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param launcher of a distribution, or of a checkout
   * @param folder for its data, configuration and log
   * @param settings HOCON beside the streams
   */
  static HostileNode start(Path launcher, Path folder, String heap, String settings)
      throws IOException, InterruptedException {
    Path config = Files.writeString(folder.resolve("thalweg.conf"), STREAMS + settings);
    int port = freePort();
    Path log = folder.resolve("node.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            launcher.toString(),
            "serve",
            "--config",
            config.toString(),
            "--data",
            folder.resolve("data").toString(),
            "--port",
            Integer.toString(port));
    builder.environment().put("THALWEG_HEAP", heap);
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    HostileNode node = new HostileNode(builder.start(), port, log);
    try {
      node.awaitServing();
      return node;
    } catch (IOException | RuntimeException failure) {
      node.close();
      throw failure;
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has said. */
  String log() throws IOException {
    return Files.readString(log);
  }

  private void awaitServing() throws IOException, InterruptedException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .usePlaintext()
            .build();
    long deadline = System.nanoTime() + READY_MAX.toNanos();
    try {
      while (!isServing(channel)) {
        if (!isAlive() || System.nanoTime() > deadline) {
          throw new IOException("the node does not serve; it said:\n" + log());
        }
        Thread.sleep(50);
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
          == ServingStatus.SERVING;
    } catch (StatusRuntimeException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Asks it to stop; tells its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
