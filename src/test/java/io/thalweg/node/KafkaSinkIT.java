package io.thalweg.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigRenderOptions;
import io.grpc.ManagedChannel;
import io.thalweg.journal.postgres.TestPostgres;
import io.thalweg.kafka.KafkaBroker;
import io.thalweg.v1.GetStatusRequest;
import io.thalweg.v1.KafkaSinkReport;
import io.thalweg.v1.StatusServiceGrpc;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills node and broker while results go to a topic; all must come there, in each key's order, and
 * what comes twice must say so.
 */
class KafkaSinkIT {
  private static final int KILLS = Integer.getInteger("thalweg.it.sink-kills", 1);
  private static final int ROWS = Integer.getInteger("thalweg.it.sink-rows", 60_000);
  private static final int MILLIS_TO_LIVE_MAX = 2_500;
  private static final List<String> KEYS = IntStream.range(0, 40).mapToObj(i -> "k" + i).toList();
  private static final String TOPIC = "results";

  @TempDir Path folder;

  private final long seed = Long.getLong("thalweg.it.seed", System.nanoTime());
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

  @Test
  void allResultsComeThroughKillsOfNodeAndBrokerFromRocksDb() throws Exception {
    allResultsComeThroughKills("");
  }

  @Test
  void allResultsComeThroughKillsOfNodeAndBrokerFromPostgres() throws Exception {
    allResultsComeThroughKills(
        TestPostgres.config(TestPostgres.newSchema())
            .withOnlyPath("thalweg")
            .root()
            .render(ConfigRenderOptions.defaults().setJson(false).setOriginComments(false)));
  }

  private void allResultsComeThroughKills(String store) throws Exception {
    System.out.println("KafkaSinkIT: seed " + seed + " (-Dthalweg.it.seed=" + seed + ")");
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.createTopic(TOPIC, 4);
      try (NodeProcess node = NodeProcess.start(folder, settings(broker) + store)) {
        Path file = folder.resolve("samples.csv");
        int anomalies = write(file);
        Process ingest = ingest(node, file);
        var begun = awaitSink(node, s -> s.getResults() > 0);
        assertThat(begun.getLost()).isZero();
        for (int kill = 0; kill < KILLS; kill++) {
          var unused = ingest.waitFor(random.nextInt(MILLIS_TO_LIVE_MAX), TimeUnit.MILLISECONDS);
          node.kill();
          node.start();
          var ended = ingest.waitFor(random.nextInt(MILLIS_TO_LIVE_MAX), TimeUnit.MILLISECONDS);
          broker.kill();
          broker.start();
        }
        assertThat(ingest.waitFor(5, TimeUnit.MINUTES)).as("ingest ends").isTrue();
        assertThat(ingest.exitValue()).as(Files.readString(folder.resolve("ingest.err"))).isZero();

        ManagedChannel channel = node.channel();
        try {
          SinkTopic.Found found = new SinkTopic(broker, TOPIC).awaitAll(channel, "s", KEYS);
          System.out.println("KafkaSinkIT: " + found);
          assertThat(found.anomalies()).isEqualTo(anomalies);
        } finally {
          channel.shutdownNow();
        }
      }
    }
  }

  @Test
  void missingTopicIsToldAndWhatWaitsIsWrittenOnceItIsThere() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"));
        NodeProcess node = NodeProcess.start(folder, settings(broker))) {
      Process ingest = ingest(node, small(folder.resolve("small.csv")));
      assertThat(ingest.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(ingest.exitValue()).isZero();

      KafkaSinkReport sink = awaitSink(node, s -> !s.getTrouble().isEmpty());
      assertThat(sink.getState()).isEqualTo("retrying");
      assertThat(sink.getTrouble()).contains("the topic 'results'", "'main'", "does not exist");
      sink = awaitSink(node, s -> s.getWaiting() > 0);
      assertThat(sink.getResults()).isZero();

      broker.createTopic(TOPIC, 2);
      sink = awaitSink(node, s -> s.hasWaiting() && s.getWaiting() == 0);
      assertThat(sink.getState()).isEqualTo("running");
      assertThat(sink.getLost()).isZero();
      ManagedChannel channel = node.channel();
      try {
        assertThat(new SinkTopic(broker, TOPIC).awaitAll(channel, "s", KEYS).results())
            .isPositive();
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void brokerThatIsAwayIsToldAndBeyondTheBoundTheOldestAreGivenUp() throws Exception {
    int keys = 3_000;
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.createTopic(TOPIC, 2);
      try (NodeProcess node =
          NodeProcess.start(
              folder, settings(broker) + "thalweg.kafka.sinks.out.waiting-max = 1000\n")) {
        broker.kill();
        StringBuilder rows = new StringBuilder("key,time,value\n");
        for (int i = 0; i < 5 * keys; i++) {
          rows.append("k%d,%d,1\n".formatted(i % keys, 1_700_000_000_000L + i));
        }
        Process ingest = ingest(node, Files.writeString(folder.resolve("away.csv"), rows));
        assertThat(ingest.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(ingest.exitValue()).as("ingestion goes on").isZero();

        KafkaSinkReport sink = awaitSink(node, s -> s.getTrouble().contains("answers"));
        assertThat(sink.getTrouble())
            .contains("no broker of the Kafka cluster 'main' at " + broker.bootstrap());
        sink = awaitSink(node, s -> s.getLost() >= keys - 1_000);
        assertThat(sink.getWaiting()).isLessThanOrEqualTo(1_000);
        assertThat(sink.getBehindMillis()).isPositive();
        long lost = sink.getLost();

        broker.start();
        sink = awaitSink(node, s -> s.hasWaiting() && s.getWaiting() == 0);
        assertThat(sink.getLost()).isEqualTo(lost);
        long told =
            broker.readAll(TOPIC).stream().map(r -> new String(r.key(), UTF_8)).distinct().count();
        assertThat(told).isBetween(keys - lost, (long) keys);
      }
    }
  }

  private static KafkaSinkReport awaitSink(NodeProcess node, Predicate<KafkaSinkReport> holds)
      throws Exception {
    ManagedChannel channel = node.channel();
    try {
      long deadline = System.nanoTime() + 60_000_000_000L;
      while (true) {
        KafkaSinkReport sink =
            StatusServiceGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .getStatus(GetStatusRequest.getDefaultInstance())
                .getNodes(0)
                .getReport()
                .getKafkaSinksList()
                .stream()
                .findFirst()
                .orElse(KafkaSinkReport.getDefaultInstance());
        if (holds.test(sink)) {
          return sink;
        }
        assertThat(System.nanoTime() - deadline).as("sink: " + sink).isNegative();
        Thread.sleep(200);
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private static String settings(KafkaBroker broker) {
    return """
    thalweg.streams.s {
      window { tumbling-count = 5 }
      detector { threshold { above = 1000 } }
    }
    thalweg.kafka {
      clusters.main.bootstrap = "%s"
      sinks.out { streams = [s], topic = %s, format = protobuf }
    }
    """
        .formatted(broker.bootstrap(), TOPIC);
  }

  private static Process ingest(NodeProcess node, Path file) throws Exception {
    return node.command(
        "ingest",
        "--endpoint",
        node.endpoint(),
        "--stream",
        "s",
        "--time-unit",
        "ms",
        "--timeout",
        "0",
        "--output",
        "json",
        file.toString());
  }

  private static Path small(Path file) throws Exception {
    StringBuilder rows = new StringBuilder("key,time,value\n");
    for (int i = 0; i < 2_000; i++) {
      rows.append("k%d,%d,%d\n".formatted(i % 40, 1_700_000_000_000L + i, i));
    }
    return Files.writeString(file, rows);
  }

  /** Returns how many anomalies there are to be. */
  private int write(Path file) throws Exception {
    int anomalies = 0;
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("key,time,value\n");
      for (int i = 0; i < ROWS; i++) {
        boolean high = random.nextInt(50) == 0;
        anomalies += high ? 1 : 0;
        writer.write(
            KEYS.get(random.nextInt(KEYS.size()))
                + ','
                + (1_700_000_000_000L + i)
                + ','
                + (high ? 1_001 + random.nextInt(100) : random.nextInt(1_000))
                + '\n');
      }
    }
    return anomalies;
  }
}
