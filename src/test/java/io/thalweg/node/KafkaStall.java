package io.thalweg.node;

import static io.thalweg.node.KafkaNode.await;

import io.grpc.ManagedChannel;
import io.thalweg.cli.bench.Store;
import io.thalweg.kafka.KafkaBroker;
import io.thalweg.v1.KafkaSourceReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The journal's database stands still for a while, with all its connections open, as a hung disk
 * makes it, and records go on to come. What is read is bounded then, and nothing is lost or
 * doubled.
 */
final class KafkaStall {
  private static final String TOPIC = "stalled";
  private static final int PARTITIONS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Plan plan;
  private final Consumer<String> progress;
  private final KafkaTopic topic;
  private final List<Look> looks = new ArrayList<>();

  private KafkaStall(Plan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
    this.topic = new KafkaTopic(TOPIC, plan.keys());
  }

  /**
   * What to do.
   *
   * @param rate records a second
   * @param stallSeconds how long the database stands
   * @param giveUpAfter when the source begins again, which it is not to do in a stall: with less
   *     than the stall samples get lost (a known defect; kafka.md)
   */
  record Plan(int keys, long rate, int stallSeconds, String giveUpAfter) {
    private long all() {
      return rate * (stallSeconds + 6L);
    }
  }

  /**
   * What status says at a moment.
   *
   * @param buffered records read and not known to be durable
   * @param lag -1: unknown
   */
  record Look(double second, long buffered, long lag, String trouble) {}

  /**
   * What was seen; that each key has all of its samples once is sure then.
   *
   * @param heapBefore live bytes of the node, before, at the end of the stall, and after all is
   *     durable
   * @param looks while it stood, one a second
   * @param secondsToCatchUp from the end of the stall until all that there is was durable
   */
  record Outcome(
      long samples,
      long heapBefore,
      long heapDuring,
      long heapAfter,
      List<Look> looks,
      double secondsToCatchUp) {
    long bufferedMax() {
      return looks.stream().mapToLong(Look::buffered).max().orElse(0);
    }

    long lagMax() {
      return looks.stream().mapToLong(Look::lag).max().orElse(0);
    }

    boolean isTold() {
      return looks.stream().anyMatch(look -> !look.trouble().isEmpty());
    }
  }

  static Outcome run(Path folder, Plan plan, Consumer<String> progress) throws Exception {
    Deque<Runnable> undo = new ArrayDeque<>();
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.createTopic(TOPIC, PARTITIONS);
      Store store = Store.postgres(folder, undo::push);
      String settings =
          "thalweg.streams.s { window { sliding-count = 100 } }\n"
              + "thalweg.route.give-up-after = %s\n".formatted(plan.giveUpAfter())
              + KafkaNode.source(broker, TOPIC, "s", "")
              + store.settings();
      try (NodeProcess node = NodeProcess.start(folder.resolve("node"), settings)) {
        ManagedChannel channel = node.channel();
        try {
          return new KafkaStall(plan, progress)
              .run(broker, node, channel, store.databasePid().orElseThrow());
        } finally {
          channel.shutdownNow();
        }
      }
    } finally {
      undo.forEach(Runnable::run);
    }
  }

  private Outcome run(KafkaBroker broker, NodeProcess node, ManagedChannel channel, long database)
      throws Exception {
    CompletableFuture<Void> load =
        CompletableFuture.runAsync(
            () -> {
              try {
                topic.produce(broker, 0, plan.all(), plan.rate());
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    await("it reads", PATIENCE, () -> report(channel).getSamples() > plan.rate() * 2);
    long before = liveHeap(node);
    signal("STOP", database);
    long during;
    try {
      during = watch(channel, node);
    } finally {
      signal("CONT", database);
    }
    long thawed = System.nanoTime();
    load.join();
    await(
        "all is committed",
        PATIENCE,
        () ->
            broker.committed("thalweg-" + TOPIC).values().stream().mapToLong(n -> n).sum()
                == plan.all());
    double seconds = (System.nanoTime() - thawed) / 1e9;
    KafkaNode.check(channel, "s", topic, plan.all());
    await("all is well", PATIENCE, () -> report(channel).getTrouble().isEmpty());
    return new Outcome(plan.all(), before, during, liveHeap(node), List.copyOf(looks), seconds);
  }

  /** Looks on; returns the live heap at the end. */
  private long watch(ManagedChannel channel, NodeProcess node) throws Exception {
    long start = System.nanoTime();
    for (int second = 1; second <= plan.stallSeconds(); second++) {
      long wait = start + TimeUnit.SECONDS.toNanos(second) - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      KafkaSourceReport report = report(channel);
      Look look =
          new Look(
              (System.nanoTime() - start) / 1e9,
              report.getWaiting(),
              report.hasLag() ? report.getLag() : -1,
              report.getTrouble());
      looks.add(look);
      progress.accept(
          "%4.1f s  buffered %,d  lag %,d  %s"
              .formatted(look.second(), look.buffered(), look.lag(), look.trouble()));
    }
    return liveHeap(node);
  }

  private static KafkaSourceReport report(ManagedChannel channel) {
    return KafkaNode.report(channel, TOPIC);
  }

  /** Bytes that live objects have, after a collection of all. */
  private static long liveHeap(NodeProcess node) throws IOException, InterruptedException {
    Path file = Files.createTempFile("live-heap", ".txt");
    try {
      int code =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(node.process().pid()),
                  "GC.class_histogram")
              .redirectErrorStream(true)
              .redirectOutput(file.toFile())
              .start()
              .waitFor();
      List<String> lines = Files.readAllLines(file);
      String total = lines.isEmpty() ? "" : lines.getLast();
      if (code != 0 || !total.startsWith("Total")) {
        throw new IOException("jcmd says: " + total);
      }
      return Long.parseLong(total.strip().split("\\s+")[2]);
    } finally {
      Files.delete(file);
    }
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    ProcessHandle database = ProcessHandle.of(pid).orElseThrow();
    List<String> command = new ArrayList<>(List.of("kill", "-" + name, Long.toString(pid)));
    database.descendants().forEach(child -> command.add(Long.toString(child.pid())));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (isStopped(pid) != name.equals("STOP")) {
      if (System.nanoTime() > deadline) { // children may have ended meanwhile, it may not
        throw new IOException(command + " ended with " + code);
      }
      Thread.sleep(10);
    }
  }

  /** As the kernel says; it takes a moment after the signal. */
  private static boolean isStopped(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).startsWith("T");
  }
}
