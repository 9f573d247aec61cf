package io.thalweg.node;

import static io.thalweg.node.KafkaNode.await;
import static io.thalweg.node.KafkaNode.report;
import static io.thalweg.node.KafkaNode.source;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.kafka.KafkaBroker;
import io.thalweg.v1.KafkaSourceReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka sources of one node, against a real broker. */
class KafkaSourceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @TempDir static Path brokerFolder;

  @SuppressWarnings("NullAway.Init")
  private static KafkaBroker broker;

  @TempDir Path data;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = KafkaBroker.start(brokerFolder.resolve("broker"));
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @Test
  void poisonGoesToTheDeadLetterTopicAndItsNeighboursAreCounted() throws Exception {
    broker.createTopic("poison", 1);
    broker.createTopic("poison-dead", 1);
    Map<@Nullable String, String> poison = new LinkedHashMap<>();
    poison.put(null, "has no value");
    poison.put("not json", "not JSON");
    poison.put("[1]", "must be a JSON object");
    poison.put("{\"at\":1,\"v\":1} 2", "something follows");
    poison.put("{\"at\":1}", "there is no field 'v'");
    poison.put("{\"at\":1,\"v\":\"1\"}", "must be a number, but is '1'");
    poison.put("{\"at\":1,\"v\":null}", "'v' is null");
    poison.put("{\"at\":1,\"v\":1e999}", "not finite");
    poison.put("{\"at\":-5,\"v\":1}", "before 1970");
    poison.put("{\"at\":7000000000000,\"v\":1}", "ahead of the server's clock");
    poison.put("{\"at\":\"noon\",\"v\":1}", "must be a number of time");
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    int good = 0;
    for (Map.Entry<@Nullable String, String> bad : poison.entrySet()) {
      records.add(record("poison", "good", "{\"at\":1000,\"v\":" + good++ + "}"));
      records.add(record("poison", "bad", bad.getKey()));
      reasons.add(bad.getValue());
    }
    records.add(record("poison", null, "{\"at\":1,\"v\":1}"));
    reasons.add("has no key");
    records.add(record("poison", "x".repeat(513), "{\"at\":1,\"v\":1}"));
    reasons.add("513 bytes long");
    records.add(record("poison", "good", "{\"at\":1000,\"v\":" + good++ + "}"));
    records.getFirst().headers().add("own", "kept".getBytes(UTF_8));
    records.get(1).headers().add("own", "kept".getBytes(UTF_8));
    broker.produce(records);
    int samples = good;

    try (TestNode node =
        TestNode.start(
            data, source(broker, "poison", "counts", "dead-letter-topic = poison-dead"))) {
      await(
          "all are committed",
          PATIENCE,
          () -> broker.committed("thalweg-poison").containsValue((long) records.size()));

      assertThat(node.get("counts", "good").getTotal().getCount()).isEqualTo(samples);
      assertThat(node.get("counts", "good").getTotal().getSum())
          .isEqualTo(samples * (samples - 1) / 2.0);
      assertThat(KafkaNode.count(node.channel(), "counts", "bad")).isZero();
      List<ConsumerRecord<byte[], byte[]>> letters = broker.readAll("poison-dead");
      assertThat(letters).hasSameSizeAs(reasons);
      for (int i = 0; i < letters.size(); i++) {
        ConsumerRecord<byte[], byte[]> letter = letters.get(i);
        assertThat(header(letter, "thalweg.reason")).contains(reasons.get(i));
        assertThat(header(letter, "thalweg.topic")).isEqualTo("poison");
        assertThat(header(letter, "thalweg.partition")).isEqualTo("0");
        ProducerRecord<byte[], byte[]> was =
            records.get(Integer.parseInt(header(letter, "thalweg.offset")));
        assertThat(letter.key()).isEqualTo(was.key());
        assertThat(letter.value()).isEqualTo(was.value());
      }
      assertThat(header(letters.getFirst(), "own")).isEqualTo("kept");
      KafkaSourceReport report = report(node.channel(), "poison");
      assertThat(report.getDeadLetters()).isEqualTo(reasons.size());
      assertThat(report.getSamples()).isEqualTo(samples);
      await("no lag", PATIENCE, () -> report(node.channel(), "poison").getLag() == 0);
    }
  }

  @Test
  void sourceThatIsToStopAtPoisonCountsWhatStandsBeforeItAndNothingBehind() throws Exception {
    broker.createTopic("stops", 1);
    broker.produce(
        List.of(
            record("stops", "a", "{\"at\":1,\"v\":1}"),
            record("stops", "a", "poison"),
            record("stops", "a", "{\"at\":2,\"v\":2}")));
    String settings = source(broker, "stops", "counts", "poison = stop");

    try (TestNode node = TestNode.start(data, settings)) {
      await(
          "it stops", PATIENCE, () -> report(node.channel(), "stops").getState().equals("stopped"));

      assertThat(report(node.channel(), "stops").getTrouble())
          .contains("stops-0 at offset 1: the value is not JSON");
      assertThat(node.get("counts", "a").getTotal().getCount()).isEqualTo(1);
    }
    try (TestNode node =
        TestNode.start(data, source(broker, "stops", "counts", "dead-letter-topic = stops-dead"))) {
      await(
          "the missing dead letter topic is told of",
          PATIENCE,
          () -> report(node.channel(), "stops").getTrouble().contains("stops-dead"));
      assertThat(node.get("counts", "a").getTotal().getCount()).isEqualTo(1);
      broker.createTopic("stops-dead", 1);
      await(
          "the rest is counted",
          PATIENCE,
          () -> KafkaNode.count(node.channel(), "counts", "a") == 2);
      assertThat(node.get("counts", "a").getTotal().getSum()).isEqualTo(3);
    }
  }

  @Test
  void topicThatIsNotThereIsWaitedForWhileOthersAreRead() throws Exception {
    broker.createTopic("there", 2);
    KafkaTopic there = new KafkaTopic("there", 10);
    there.produce(broker, 0, 100, Long.MAX_VALUE / 2_000_000_000L);
    String settings =
        source(broker, "there", "counts", "")
            + source(broker, "missing", "times", "retry-backoff-max = 1s");

    try (TestNode node = TestNode.start(data, settings)) {
      await(
          "the other source is read",
          PATIENCE,
          () -> KafkaNode.total(node.channel(), "counts", there) == 100);
      await(
          "the missing topic is told of",
          PATIENCE,
          () -> report(node.channel(), "missing").getTrouble().contains("no topic 'missing'"));
      assertThat(report(node.channel(), "missing").getState()).isEqualTo("retrying");

      broker.createTopic("missing", 1);
      new KafkaTopic("missing", 10).produce(broker, 0, 100, 1_000_000);
      await(
          "it is read without a restart",
          PATIENCE,
          () -> KafkaNode.total(node.channel(), "times", new KafkaTopic("missing", 10)) == 100);
      await(
          "all is well", PATIENCE, () -> report(node.channel(), "missing").getTrouble().isEmpty());
    }
  }

  @Test
  void whatIsReadAgainInOtherPortionsIsDropped() throws Exception {
    broker.createTopic("again", 3);
    KafkaTopic topic = new KafkaTopic("again", 7);
    topic.produce(broker, 0, 70_000, 100_000_000);
    long[] versions = new long[7];
    try (TestNode node = TestNode.start(data, source(broker, "again", "counts", ""))) {
      await(
          "all is read",
          PATIENCE,
          () -> KafkaNode.total(node.channel(), "counts", topic) == 70_000);
      KafkaNode.check(node.channel(), "counts", topic, 70_000);
      for (int key = 0; key < 7; key++) {
        versions[key] = node.get("counts", topic.key(key)).getVersion();
      }
    }
    for (int portion : List.of(1, 37, 5_000)) {
      String more = "group = other-" + portion + ", records-per-request-max = " + portion;
      try (TestNode node = TestNode.start(data, source(broker, "again", "counts", more))) {
        await(
            "all is read again in portions of " + portion,
            PATIENCE,
            () -> report(node.channel(), "again").getDuplicates() == 70_000);
        KafkaNode.check(node.channel(), "counts", topic, 70_000);
        for (int key = 0; key < 7; key++) {
          assertThat(node.get("counts", topic.key(key)).getVersion()).isEqualTo(versions[key]);
        }
      }
    }
  }

  @Test
  void topicThatIsMadeAnewIsAnotherOne() throws Exception {
    broker.createTopic("anew", 1);
    KafkaTopic topic = new KafkaTopic("anew", 5);
    topic.produce(broker, 0, 1_000, 1_000_000);
    String settings = source(broker, "anew", "counts", "");
    try (TestNode node = TestNode.start(data, settings)) {
      await(
          "all is read", PATIENCE, () -> KafkaNode.total(node.channel(), "counts", topic) == 1_000);
    }
    String before = broker.topicId("anew").toString();
    broker.deleteTopic("anew");
    await("it is gone", PATIENCE, () -> broker.committed("thalweg-anew").isEmpty());
    broker.createTopic("anew", 1);
    topic.produce(broker, 0, 500, 1_000_000);
    broker.commit("thalweg-anew", "anew", 250, before); // of the old one, and late
    try (TestNode node = TestNode.start(data, settings)) {
      await(
          "the new one is read",
          PATIENCE,
          () -> KafkaNode.total(node.channel(), "counts", topic) == 1_500);
    }
  }

  @Test
  void topicThatIsMadeAnewWhileItIsReadIsCountedFromItsBeginning() throws Exception {
    List<Long> lives = List.of(3_000L, 1_000L, 1_000L, 20_000L);
    KafkaTopic topic = new KafkaTopic("renewed", 5);
    long all = 0;
    double[] sums = new double[5];
    try (TestNode node = TestNode.start(data, source(broker, "renewed", "counts", ""))) {
      for (long samples : lives) {
        if (all > 0) {
          broker.deleteTopic("renewed");
        }
        broker.createTopic("renewed", 2);
        topic.produce(broker, 0, samples, 100_000_000);
        all += samples;
        long expected = all;
        await(
            "all of a topic with " + samples + " are counted",
            PATIENCE,
            () -> KafkaNode.total(node.channel(), "counts", topic) >= expected);
        for (int key = 0; key < 5; key++) {
          sums[key] += topic.sum(key, samples);
          var total = node.get("counts", topic.key(key)).getTotal();
          assertThat(total.getCount()).isEqualTo(all / 5);
          assertThat(total.getSum()).isEqualTo(sums[key]);
        }
      }
      await(
          "all is well", PATIENCE, () -> report(node.channel(), "renewed").getTrouble().isEmpty());
    }
  }

  @Test
  void brokerThatIsKilledUnderLoadCostsAndDoublesNothing() throws Exception {
    try (KafkaBroker mortal = KafkaBroker.start(brokerFolder.resolve("mortal"))) {
      mortal.createTopic("mortal", 4);
      KafkaTopic topic = new KafkaTopic("mortal", 50);
      long samples = 30_000;
      try (TestNode node = TestNode.start(data, source(mortal, "mortal", "counts", ""))) {
        Thread producer =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        topic.produce(mortal, 0, samples, 5_000);
                      } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                      }
                    });
        await(
            "some is read", PATIENCE, () -> report(node.channel(), "mortal").getSamples() > 5_000);
        mortal.kill();
        await(
            "the broker is missed",
            PATIENCE,
            () -> report(node.channel(), "mortal").getTrouble().contains("do not answer"));
        mortal.start();
        producer.join();
        await(
            "all is read",
            PATIENCE,
            () -> KafkaNode.total(node.channel(), "counts", topic) >= samples);
        KafkaNode.check(node.channel(), "counts", topic, samples);
        await(
            "all is well", PATIENCE, () -> report(node.channel(), "mortal").getTrouble().isEmpty());
      }
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(Objects.requireNonNull(record.headers().lastHeader(name)).value(), UTF_8);
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, @Nullable String key, @Nullable String value) {
    return new ProducerRecord<>(
        topic,
        key == null ? null : key.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8));
  }
}
