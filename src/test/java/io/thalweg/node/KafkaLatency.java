package io.thalweg.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thalweg.kafka.KafkaBroker;
import io.thalweg.v1.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How long a sample takes from topic to topic: from when its record is due at the producer until
 * the result that it causes is in a consumer's hands. Each sample is an event of its own and closes
 * a window.
 */
final class KafkaLatency {
  private static final String IN = "in";
  private static final String OUT = "out";
  private static final long PORTIONS_PER_SECOND = 200;

  private final Plan plan;
  private final KafkaBroker broker;

  private KafkaLatency(Plan plan, KafkaBroker broker) {
    this.plan = plan;
    this.broker = broker;
  }

  /**
   * What to do.
   *
   * @param rate records a second
   * @param warmUp seconds that are not measured
   * @param seconds that are
   */
  record Plan(int keys, long rate, int warmUp, int seconds) {
    private long all() {
      return rate * (warmUp + seconds);
    }
  }

  /** Latencies in microseconds, of all records behind the warm-up; none of all is missing. */
  static Histogram run(Path folder, Plan plan, Consumer<String> progress) throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.createTopic(IN, 8);
      broker.createTopic(OUT, 8);
      try (NodeProcess node = NodeProcess.start(folder.resolve("node"), settings(broker), "1g")) {
        KafkaLatency latency = new KafkaLatency(plan, broker);
        progress.accept(
            "%,d records a second for %d s, of which %d are not measured"
                .formatted(plan.rate(), plan.warmUp() + plan.seconds(), plan.warmUp()));
        CompletableFuture<Void> load = CompletableFuture.runAsync(latency::produce);
        Histogram micros = latency.consume(load);
        load.join();
        if (!node.process().isAlive()) {
          throw new AssertionError("the node has ended");
        }
        return micros;
      }
    }
  }

  private static String settings(KafkaBroker broker) {
    return """
        thalweg.streams.s { window { tumbling-count = 1 } }
        thalweg.kafka {
          clusters.test.bootstrap = "%s"
          sources.in { topic = %s, stream = s, format = json, value-field = v }
          sinks.out { streams = [s], topic = %s, format = protobuf }
        }
        """
        .formatted(broker.bootstrap(), IN, OUT);
  }

  /** A sample's value is when its record was due, in microseconds. */
  private void produce() {
    try (KafkaProducer<byte[], byte[]> producer = broker.producer(Map.of("linger.ms", "2"))) {
      long start = System.nanoTime();
      long sent = 0;
      for (long portion = 1; sent < plan.all(); portion++) {
        long due = start + portion * TimeUnit.SECONDS.toNanos(1) / PORTIONS_PER_SECOND;
        while (System.nanoTime() - due < 0) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        byte[] value = ("{\"v\":" + due / 1_000 + "}").getBytes(UTF_8);
        long upTo = Math.min(plan.all(), portion * plan.rate() / PORTIONS_PER_SECOND);
        for (; sent < upTo; sent++) {
          byte[] key = ("k" + sent % plan.keys()).getBytes(UTF_8);
          var unused = producer.send(new ProducerRecord<>(IN, key, value));
        }
      }
    }
  }

  private Histogram consume(CompletableFuture<Void> load) throws Exception {
    Histogram micros = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
    long results = 0;
    long deadline =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.warmUp() + plan.seconds() + 180L);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrap(), "enable.auto.commit", "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(OUT).stream()
              .map(p -> new TopicPartition(OUT, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (results < plan.all()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          long now = System.nanoTime() / 1_000;
          double due = Result.parseFrom(record.value()).getWindowClosed().getSummary().getMean();
          if (++results > plan.rate() * plan.warmUp()) {
            micros.recordValue(Math.max(0, now - (long) due));
          }
        }
        if (load.isCompletedExceptionally() || System.nanoTime() > deadline) {
          throw new AssertionError("%,d of %,d results came".formatted(results, plan.all()));
        }
      }
    }
    return micros;
  }
}
