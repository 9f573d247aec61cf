package io.thalweg.node;

import static io.thalweg.node.KafkaNode.await;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.thalweg.cli.bench.Store;
import io.thalweg.kafka.KafkaBroker;
import io.thalweg.v1.KafkaSourceReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Nodes read a topic of 8 partitions and write the anomalies that they find to another one, and are
 * killed again and again meanwhile; a second node leaves and joins besides, so that partitions
 * move. Each sample must have counted once then, and each anomaly be told.
 */
final class KafkaKills implements AutoCloseable {
  private static final String TOPIC = "killed";
  private static final String ALERTS = "alerts";
  private static final int PARTITIONS = 8;
  private static final int HIGH_EVERY = 50;
  private static final int MILLIS_TO_LIVE_MAX = 3_000;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** The group waits so long for the dead. */
  private static final int SESSION_MILLIS = 4_000;

  /** That, and a node takes some to start; the load is to last longer than all kills. */
  private static final int SECONDS_PER_KILL = 8;

  /**
   * What to do.
   *
   * @param nodes one with RocksDB, or two with PostgreSQL
   * @param samples in the topic
   */
  record Plan(int nodes, long samples, int keys, int kills, long seed) {}

  /**
   * What was seen; that all is right is sure then.
   *
   * @param rebalances that joining, leaving and killed nodes caused, at least
   * @param duplicates samples that were read again and dropped, by nodes that were not killed later
   * @param anomalies different ones in the topic
   * @param repeats of them
   */
  record Outcome(
      long samples,
      int kills,
      int rebalances,
      long duplicates,
      int anomalies,
      int repeats,
      double seconds) {}

  private final Plan plan;
  private final Consumer<String> progress;
  private final RandomGenerator random;
  private final KafkaTopic topic;
  private final KafkaBroker broker;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private int rebalances;

  private KafkaKills(Path folder, Plan plan, Consumer<String> progress) throws Exception {
    this.plan = plan;
    this.progress = progress;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(plan.seed());
    this.topic = new KafkaTopic(TOPIC, plan.keys(), HIGH_EVERY);
    this.broker = KafkaBroker.start(folder.resolve("broker"));
  }

  /** Does it; fails where anything was lost, doubled or not told. */
  static Outcome run(Path folder, Plan plan, Consumer<String> progress) throws Exception {
    try (KafkaKills kills = new KafkaKills(folder, plan, progress)) {
      kills.startNodes(folder);
      return kills.run();
    }
  }

  private void startNodes(Path folder) throws Exception {
    broker.createTopic(TOPIC, PARTITIONS);
    broker.createTopic(ALERTS, 4);
    if (plan.nodes() == 1) {
      nodes.add(NodeProcess.start(folder.resolve("node-0"), settings()));
      return;
    }
    Store store = Store.postgres(folder, undo::push);
    List<Integer> ports =
        IntStream.range(0, plan.nodes()).mapToObj(i -> TestCluster.freePort()).toList();
    List<String> seeds = ports.stream().map(port -> "\"127.0.0.1:" + port + "\"").toList();
    for (int port : ports) {
      String cluster =
          """
          thalweg.cluster { discovery = seeds, seed-nodes = %s, port = %d }
          thalweg.management.port = 0
          """
              .formatted(seeds, port);
      nodes.add(
          NodeProcess.start(
              folder.resolve("node-" + nodes.size()), settings() + store.settings() + cluster));
    }
  }

  private String settings() {
    return """
        thalweg.streams.s {
          window { tumbling-count = 1000 }
          detector { threshold { above = %d } }
        }
        thalweg.kafka.clusters.test.client { session.timeout.ms = %d, heartbeat.interval.ms = 500 }
        thalweg.kafka.sinks.alerts { streams = [s], what = [anomalies], topic = %s, format = protobuf }
        """
            .formatted(KafkaTopic.HIGH - 1, SESSION_MILLIS, ALERTS)
        + KafkaNode.source(broker, TOPIC, "s", "");
  }

  private Outcome run() throws Exception {
    long start = System.nanoTime();
    long seconds = (long) SECONDS_PER_KILL * plan.kills() * plan.nodes() + 5;
    CompletableFuture<Void> load =
        CompletableFuture.runAsync(
            () -> {
              try {
                topic.produce(broker, 0, plan.samples(), plan.samples() / seconds);
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    for (int kill = 1; kill <= plan.kills(); kill++) {
      awaitReading(load);
      long millis = random.nextInt(MILLIS_TO_LIVE_MAX);
      Thread.sleep(millis);
      int which = random.nextInt(nodes.size());
      nodes.get(which).kill();
      progress.accept(
          "kill %d of %d: node %d, %d ms after all partitions were read"
              .formatted(kill, plan.kills(), which, millis));
      rebalances += 2;
      restart();
      if (nodes.size() > 1) {
        leaveAndJoin(load);
      }
    }
    load.join();
    awaitReading(load);
    return check(start);
  }

  /** A node that was alone with the dead one may have ended itself: it is started again, too. */
  private void restart() throws Exception {
    for (NodeProcess node : nodes) {
      if (!node.process().isAlive()) {
        node.start();
      }
    }
  }

  private void leaveAndJoin(CompletableFuture<Void> load) throws Exception {
    awaitReading(load);
    int which = random.nextInt(nodes.size());
    nodes.get(which).stop();
    progress.accept("node " + which + " has left");
    Thread.sleep(random.nextInt(MILLIS_TO_LIVE_MAX));
    restart();
    rebalances += 2;
  }

  /** All nodes have got as many partitions, and have counted something while there is something. */
  private void awaitReading(CompletableFuture<Void> load) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isRead(load.isDone())) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not all nodes read: " + reports());
      }
      restart();
      Thread.sleep(100);
    }
  }

  private boolean isRead(boolean isAll) {
    List<KafkaSourceReport> reports = reports();
    return reports.size() == nodes.size()
        && reports.stream().allMatch(r -> r.getPartitions() == PARTITIONS / nodes.size())
        && reports.stream().allMatch(r -> isAll || r.getSamples() + r.getDuplicates() > 0);
  }

  private List<KafkaSourceReport> reports() {
    ManagedChannel channel = nodes.getFirst().channel();
    try {
      return KafkaNode.reports(channel, TOPIC);
    } catch (StatusRuntimeException away) {
      return List.of();
    } finally {
      channel.shutdownNow();
    }
  }

  private Outcome check(long start) throws Exception {
    ManagedChannel channel = nodes.getFirst().channel();
    try {
      await(
          "all is committed",
          Duration.ofMinutes(3),
          () ->
              broker.committed("thalweg-" + TOPIC).values().stream().mapToLong(n -> n).sum()
                  == plan.samples());
      KafkaNode.check(channel, "s", topic, plan.samples());
      List<String> keys = IntStream.range(0, plan.keys()).mapToObj(topic::key).toList();
      SinkTopic.Found found = new SinkTopic(broker, ALERTS, true).awaitAll(channel, "s", keys);
      long high = topic.high(plan.samples());
      if (found.anomalies() != high) {
        throw new AssertionError(
            "%d anomalies, and there must be %d".formatted(found.anomalies(), high));
      }
      return new Outcome(
          plan.samples(),
          plan.kills(),
          rebalances,
          reports().stream().mapToLong(KafkaSourceReport::getDuplicates).sum(),
          found.anomalies(),
          found.repeats(),
          (System.nanoTime() - start) / 1e9);
    } finally {
      channel.shutdownNow();
    }
  }

  @Override
  public void close() throws Exception {
    for (NodeProcess node : nodes) {
      node.close();
    }
    undo.forEach(Runnable::run);
    broker.close();
  }
}
