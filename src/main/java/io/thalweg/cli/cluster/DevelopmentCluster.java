package io.thalweg.cli.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL and nodes on this machine, for one command: {@link #start}, {@link #await}, {@link
 * #close}. The last may be called by another thread at any time; nothing runs when it returns.
 *
 * <p>A node that ends by itself is not started again: whoever kills one wants to see what the
 * others make of it. Without PostgreSQL, or without any node, there is no cluster.
 */
public final class DevelopmentCluster implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(120);

  private final ClusterSettings settings;
  private final BiConsumer<String, String> log;
  private final Deque<Guarded> running = new ArrayDeque<>();
  private final List<DevelopmentNode> nodes = new ArrayList<>();
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
  private @Nullable FileChannel lock;
  private boolean closed;

  private record Ended(Guarded process, int code) {}

  /**
   * Starts nothing yet.
   *
   * @param log takes the name of a process and a line that it has printed; on many threads
   */
  public DevelopmentCluster(ClusterSettings settings, BiConsumer<String, String> log) {
    this.settings = settings;
    this.log = log;
  }

  /** What runs and where it listens. */
  public record Started(List<ClusterSettings.NodeAddress> nodes, String url, Path passwordFile) {}

  /**
   * Returns when all nodes take samples.
   *
   * @throws ClusterException if a port or the folder is in use, or a process ends meanwhile
   */
  public Started start() throws IOException, InterruptedException {
    lockFolder();
    for (ClusterSettings.NodeAddress address : settings.addresses()) {
      for (int port : address.ports()) {
        Ports.requireFree(port);
      }
    }
    DevelopmentPostgres postgres = postgres();
    Guarded server = postgres.start(linesOf(DevelopmentPostgres.NAME), this::add);
    postgres.awaitReady(server);
    for (ClusterSettings.NodeAddress address : settings.addresses()) {
      DevelopmentNode node =
          DevelopmentNode.start(settings, address, postgres, linesOf(address.name()));
      add(node.process());
      nodes.add(node);
    }
    awaitNodes(server);
    follow(server);
    nodes.forEach(node -> follow(node.process()));
    return new Started(settings.addresses(), postgres.url(), postgres.passwordFile());
  }

  /**
   * Returns when it is no cluster any more, with the reason.
   *
   * @param news takes a line on each node that ends before
   */
  public String await(Consumer<String> news) throws InterruptedException {
    int left = nodes.size();
    while (true) {
      Ended next = ended.take();
      String what = next.process().name() + " has ended with code " + next.code();
      if (next.process().name().equals(DevelopmentPostgres.NAME)) {
        return what;
      }
      left--;
      if (left == 0) {
        return what + ", the last of the nodes";
      }
      news.accept(what + " and is not started again; " + left + " of " + nodes.size() + " go on");
    }
  }

  /** Stops the nodes one after the other, the newest first, and then PostgreSQL. */
  @Override
  public void close() {
    synchronized (running) {
      closed = true;
    }
    for (Guarded process : running()) {
      boolean isNode = !process.name().equals(DevelopmentPostgres.NAME);
      Duration patience =
          isNode ? DevelopmentNode.STOP_PATIENCE : DevelopmentPostgres.STOP_PATIENCE;
      if (!process.stop(patience)) {
        log.accept(
            process.name(), "killed: it has not stopped within " + patience.toSeconds() + " s");
      }
    }
    unlockFolder();
  }

  /** How long {@link #close} takes at most. */
  public Duration closePatience() {
    return DevelopmentNode.STOP_PATIENCE
        .multipliedBy(settings.nodes())
        .plus(DevelopmentPostgres.STOP_PATIENCE)
        .plusSeconds(10);
  }

  private DevelopmentPostgres postgres() throws IOException {
    int port = settings.postgresPort();
    if (port != 0) {
      Ports.requireFree(port);
    }
    return new DevelopmentPostgres(
        settings.folder().toAbsolutePath(), port == 0 ? Ports.anyFree() : port);
  }

  /** Two on one folder would start one PostgreSQL twice. */
  private void lockFolder() throws IOException {
    FileChannel channel = lockFile();
    FileLock held = channel.tryLock();
    if (held == null) {
      channel.close();
      throw new ClusterException(
          "another cluster runs in " + settings.folder() + "; see --data and --port");
    }
    lock = channel;
  }

  private FileChannel lockFile() throws ClusterException {
    try {
      Path file = Files.createDirectories(settings.folder()).resolve("lock");
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException failure) {
      throw new ClusterException(
          "can't write to " + settings.folder() + " (" + failure + "); see --data");
    }
  }

  private void unlockFolder() {
    try (FileChannel held = lock) {
      lock = null;
    } catch (IOException e) {
      log.accept("cluster", "could not unlock " + settings.folder() + ": " + e.getMessage());
    }
  }

  private void awaitNodes(Guarded server) throws InterruptedException, ClusterException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    List<DevelopmentNode> waiting = new ArrayList<>(nodes);
    while (!waiting.isEmpty()) {
      requireAlive(server);
      for (DevelopmentNode node : nodes) {
        requireAlive(node.process());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new ClusterException(
            "%s is not ready within %d s; its log says why"
                .formatted(waiting.getFirst().address().name(), START_PATIENCE.toSeconds()));
      }
      waiting.removeIf(DevelopmentNode::isReady);
      Thread.sleep(200);
    }
  }

  private static void requireAlive(Guarded process) throws InterruptedException, ClusterException {
    if (!process.isAlive()) {
      throw new ClusterException(
          process.name() + " has ended with code " + process.await() + "; its log says why");
    }
  }

  /** The newest first. */
  private List<Guarded> running() {
    synchronized (running) {
      return List.copyOf(running);
    }
  }

  private void add(Guarded process) {
    boolean late;
    synchronized (running) {
      late = closed;
      if (!late) {
        running.removeIf(other -> !other.isAlive()); // what has only prepared
        running.push(process);
      }
    }
    if (late) {
      process.stop(Duration.ZERO);
      throw new IllegalStateException("stopped while starting");
    }
  }

  private void follow(Guarded process) {
    process.whenEnded().thenAccept(code -> ended.add(new Ended(process, code)));
  }

  private Consumer<String> linesOf(String name) {
    return line -> log.accept(name, line);
  }
}
