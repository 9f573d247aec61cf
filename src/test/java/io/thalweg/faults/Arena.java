package io.thalweg.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All that faults are done to: nodes under a supervisor, each with its own door to a PostgreSQL
 * that syncs to a small disk. As root nodes are in network namespaces; otherwise they are on
 * loopback, and neither can be cut from each other nor is the disk small.
 */
final class Arena implements AutoCloseable {
  static final int NODES = 3;
  static final int NODES_MAX = 5;

  /** Nodes are started all the time, and have little to do: compiling it well costs more. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ";

  private static final Duration SERVING_MAX = Duration.ofSeconds(90);
  private static final int DISK_MEGABYTES = 640;

  /** Room that is taken up before it is written to would leave a full disk nothing to do. */
  private static final String DATABASE_SETTINGS =
      """
      max_wal_size = 96MB
      min_wal_size = 32MB
      """;

  private static final String CONFIG =
      FaultCluster.STREAMS
          + """
          thalweg.entity.snapshot-every-events = 20
          """;

  private final List<AutoCloseable> parts = new ArrayList<>();
  private @Nullable Network network;
  private @Nullable SmallDisk disk;
  private boolean clocks;
  private @Nullable DatabaseProxy proxy;
  private @Nullable FaultCluster cluster;
  private @Nullable Supervisor supervisor;

  /** A run that is stopped by a signal leaves nothing behind either. */
  private final Thread atExit = new Thread(this::closeAtExit, "close-arena");

  private final Path folder;
  private boolean closed;

  private Arena(Path folder) {
    this.folder = folder;
  }

  /**
   * @param number those with different ones may be there at a time
   * @param javaOptions of the nodes
   */
  static Arena create(Path folder, int number, int nodes, String javaOptions) throws Exception {
    Arena arena = new Arena(folder);
    Runtime.getRuntime().addShutdownHook(arena.atExit);
    try {
      arena.build(number, nodes, javaOptions);
      return arena;
    } catch (Exception failure) {
      try {
        arena.close();
      } catch (Exception second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  private void build(int number, int nodes, String javaOptions) throws Exception {
    List<NodeHost> hosts = new ArrayList<>();
    String host = "127.0.0.1";
    Path data = folder.resolve("postgres");
    if (Network.isPossible()) {
      network = make(() -> Network.create(number, NODES_MAX));
      host = network.postgres();
      disk = make(() -> SmallDisk.create(folder, DISK_MEGABYTES));
      data = disk.folder().resolve("postgres");
    }
    for (int i = 0; i < NODES_MAX; i++) {
      hosts.add(network == null ? NodeHost.loopback() : NodeHost.in(network, i));
    }
    Path place = data;
    PostgresProcess postgres =
        make(
            () ->
                PostgresProcess.start(
                    place,
                    folder.resolve("postgres.log"),
                    "127.0.0.1",
                    FaultCluster.freePort(),
                    DATABASE_SETTINGS));
    String door = host;
    proxy = make(() -> DatabaseProxy.start(door, postgres.port(), NODES_MAX));
    List<String> databases = new ArrayList<>();
    for (int i = 0; i < NODES_MAX; i++) {
      databases.add(PostgresProcess.url(host, proxy.port(i)));
      ShiftedClocks.set(folder.resolve("node-" + i), Duration.ZERO);
    }
    Map<String, String> environment = new HashMap<>();
    environment.put("THALWEG_HEAP", "320m");
    environment.put(
        "THALWEG_JAVA_OPTS",
        QUICK_START
            + TestAgent.write(folder).option("heap={node}/" + HeapExhausted.SIGN)
            + javaOptions);
    Optional<ShiftedClocks> shifted = ShiftedClocks.compile(folder);
    shifted.ifPresent(library -> environment.putAll(library.environment("{node}")));
    clocks = shifted.isPresent();
    FaultCluster made =
        make(
            () ->
                new FaultCluster(
                    new FaultCluster.Plan(
                        folder, postgres, hosts, CONFIG, databases, environment)));
    cluster = made;
    made.startFirst(nodes);
    supervisor = make(() -> Supervisor.start(made));
  }

  /** Nothing is made beside the list of what is to be undone, nor after that was done. */
  private synchronized <T extends AutoCloseable> T make(Callable<T> part) throws Exception {
    if (closed) {
      throw new IllegalStateException("the arena is closed");
    }
    T made = part.call();
    parts.add(made);
    return made;
  }

  boolean hasNetwork() {
    return network != null;
  }

  boolean hasClocks() {
    return clocks;
  }

  Network network() {
    return there(network);
  }

  SmallDisk disk() {
    return there(disk);
  }

  DatabaseProxy proxy() {
    return there(proxy);
  }

  FaultCluster cluster() {
    return there(cluster);
  }

  Supervisor supervisor() {
    return there(supervisor);
  }

  PostgresProcess postgres() {
    return cluster().postgres();
  }

  private static <T> T there(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not in this arena");
    }
    return part;
  }

  /** Those that run, or are to run again. */
  List<ClusterNode> nodes() {
    return cluster().nodes().stream().filter(supervisor()::wants).toList();
  }

  ClusterNode anyNode(RandomGenerator random) {
    List<ClusterNode> nodes = nodes();
    return nodes.get(random.nextInt(nodes.size()));
  }

  int numberOf(ClusterNode node) {
    return cluster().nodes().indexOf(node);
  }

  /** Waits until all that are to run serve. */
  void awaitServing() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SERVING_MAX.toNanos();
    for (ClusterNode node : nodes()) {
      while (!(node.isAlive() && node.isServing())) {
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "node " + numberOf(node) + " does not serve; its log: " + node.lastOfLog());
        }
        Thread.sleep(50);
        node.channel().resetConnectBackoff();
      }
    }
  }

  private void closeAtExit() {
    try {
      closeAll();
      Nemesis.delete(folder);
    } catch (Exception e) {
      System.err.println("not all could be undone: " + e);
    }
  }

  @Override
  public void close() throws Exception {
    try {
      closeAll();
    } finally {
      forgetExit();
    }
  }

  private void forgetExit() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException stopping) {
      // it does the same
    }
  }

  private synchronized void closeAll() throws Exception {
    closed = true;
    Exception failure = null;
    for (AutoCloseable part : parts.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        failure = e;
      }
    }
    parts.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
