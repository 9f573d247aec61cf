package io.thalweg.node;

import static io.thalweg.node.KafkaNode.await;

import io.grpc.ManagedChannel;
import io.thalweg.kafka.KafkaBroker;
import io.thalweg.v1.KafkaSourceReport;
import io.thalweg.v1.KeyState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How fast one node makes durable state of a topic of 8 partitions. The topic is full before the
 * node starts; broker, node and this process share the machine.
 */
final class KafkaThroughput {
  private static final String TOPIC = "load";
  private static final int PARTITIONS = 8;
  private static final int POLL_MILLIS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private KafkaThroughput() {}

  /**
   * What to do.
   *
   * @param records in the topic
   * @param warmUp of these: how many are to be durable before the second rate is measured
   */
  record Plan(int keys, long records, long warmUp, int runs) {}

  /**
   * Of one run, in which each key has all of its samples.
   *
   * @param perSecond from when the first record was durable until all were
   * @param perSecondWarm from when the warm-up's were durable until all were
   * @param nodeCpuSeconds of the node, per million samples, its start included
   * @param brokerCpuSeconds of the broker while the node ran, per million samples
   * @param samplesPerEvent how many the journal took at once, of a key
   */
  record Run(
      double perSecond,
      double perSecondWarm,
      double nodeCpuSeconds,
      double brokerCpuSeconds,
      double samplesPerEvent) {}

  static List<Run> run(Path folder, Plan plan, Consumer<String> progress) throws Exception {
    KafkaTopic topic = new KafkaTopic(TOPIC, plan.keys());
    List<Run> runs = new ArrayList<>();
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.createTopic(TOPIC, PARTITIONS);
      progress.accept("filling the topic with %,d records".formatted(plan.records()));
      topic.produce(broker, 0, plan.records(), 1_000_000_000);
      for (int run = 1; run <= plan.runs(); run++) {
        Run one = run(folder.resolve("node-" + run), plan, topic, broker, "run-" + run);
        runs.add(one);
        progress.accept(
            "run %d of %d: %,.0f samples/s, %,.0f once warm"
                .formatted(run, plan.runs(), one.perSecond(), one.perSecondWarm()));
      }
    }
    return runs;
  }

  private static Run run(Path folder, Plan plan, KafkaTopic topic, KafkaBroker broker, String group)
      throws Exception {
    String settings =
        """
        thalweg.streams.s { window { sliding-count = 100 } }
        thalweg.kafka.clusters.test.bootstrap = "%s"
        thalweg.kafka.sources.load {
          topic = %s, stream = s, group = %s
          format = json, value-field = v, time-field = at, time-unit = ms
        }
        """
            .formatted(broker.bootstrap(), TOPIC, group);
    Duration brokerBefore = cpu(broker.pid());
    try (NodeProcess node = NodeProcess.start(folder, settings, "1g")) {
      ManagedChannel channel = node.channel();
      try {
        At first = awaitSamples(channel, 1);
        At warm = awaitSamples(channel, Math.max(1, plan.warmUp()));
        At last = awaitSamples(channel, plan.records());
        double millions = plan.records() / 1e6;
        Run result =
            new Run(
                last.rateSince(first),
                last.rateSince(warm),
                cpu(node.process().pid()).toMillis() / 1e3 / millions,
                cpu(broker.pid()).minus(brokerBefore).toMillis() / 1e3 / millions,
                samplesPerEvent(channel, topic));
        KafkaNode.check(channel, "s", topic, plan.records());
        await(
            "all is committed",
            Duration.ofMinutes(1),
            () ->
                broker.committed(group).values().stream().mapToLong(n -> n).sum()
                    == plan.records());
        return result;
      } finally {
        channel.shutdownNow();
      }
    }
  }

  /** Of some of the keys. */
  private static double samplesPerEvent(ManagedChannel channel, KafkaTopic topic) {
    long samples = 0;
    long events = 0;
    for (int key = 0; key < Math.min(100, topic.keys()); key++) {
      KeyState state = KafkaNode.get(channel, "s", topic.key(key));
      samples += state.getTotal().getCount();
      events += state.getVersion();
    }
    return (double) samples / events;
  }

  /** When so many samples were seen to be durable. */
  private record At(long samples, long nanos) {
    double rateSince(At before) {
      return (samples - before.samples()) * 1e9 / Math.max(1, nanos - before.nanos());
    }
  }

  private static At awaitSamples(ManagedChannel channel, long samples) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      KafkaSourceReport report = KafkaNode.report(channel, "load");
      if (report.getSamples() >= samples) {
        return new At(report.getSamples(), System.nanoTime());
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not all is read: " + report);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static Duration cpu(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }
}
