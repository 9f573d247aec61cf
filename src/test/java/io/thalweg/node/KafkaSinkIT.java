package io.thalweg.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigRenderOptions;
import io.grpc.ManagedChannel;
import io.thalweg.journal.postgres.TestPostgres;
import io.thalweg.kafka.KafkaBroker;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  private static final int KILLS = Integer.getInteger("thalweg.it.sink-kills", 3);
  private static final int ROWS = Integer.getInteger("thalweg.it.sink-rows", 150_000);
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

      JsonNode sink = awaitSink(node, s -> !s.path("trouble").asText().isEmpty());
      assertThat(sink.path("state").asText()).isEqualTo("retrying");
      assertThat(sink.path("trouble").asText())
          .contains("the topic 'results'", "'main'", "does not exist");
      sink = awaitSink(node, s -> s.path("waiting").asLong() > 0);
      assertThat(sink.path("results").asLong()).isZero();

      broker.createTopic(TOPIC, 2);
      sink = awaitSink(node, s -> s.path("waiting").asLong(-1) == 0);
      assertThat(sink.path("state").asText()).isEqualTo("running");
      assertThat(sink.path("lost").asLong()).isZero();
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

        JsonNode sink = awaitSink(node, s -> s.path("trouble").asText().contains("answers"));
        assertThat(sink.path("trouble").asText())
            .contains("no broker of the Kafka cluster 'main' at " + broker.bootstrap());
        sink = awaitSink(node, s -> s.path("lost").asLong() >= keys - 1_000);
        assertThat(sink.path("waiting").asLong()).isLessThanOrEqualTo(1_000);
        assertThat(sink.path("behind_millis").asLong()).isPositive();
        long lost = sink.path("lost").asLong();

        broker.start();
        sink = awaitSink(node, s -> s.path("waiting").asLong(-1) == 0);
        assertThat(sink.path("lost").asLong()).isEqualTo(lost);
        long told =
            broker.readAll(TOPIC).stream().map(r -> new String(r.key(), UTF_8)).distinct().count();
        assertThat(told).isBetween(keys - lost, (long) keys);
      }
    }
  }

  private JsonNode awaitSink(NodeProcess node, java.util.function.Predicate<JsonNode> holds)
      throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (true) {
      assertThat(
              node.command("status", "--endpoint", node.endpoint(), "-o", "json")
                  .waitFor(30, TimeUnit.SECONDS))
          .isTrue();
      List<String> lines = Files.readAllLines(node.output("status"));
      JsonNode sink =
          new ObjectMapper()
              .readTree(lines.isEmpty() ? "{}" : lines.getLast())
              .at("/nodes/0/report/kafka_sinks/0");
      if (holds.test(sink)) {
        return sink;
      }
      assertThat(System.nanoTime() - deadline).as("sink: " + sink).isNegative();
      Thread.sleep(500);
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
