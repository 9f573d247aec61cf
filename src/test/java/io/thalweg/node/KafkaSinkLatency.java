package io.thalweg.node;

import static io.thalweg.node.TestNode.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.thalweg.kafka.KafkaBroker;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.IngestServiceGrpc;
import io.thalweg.v1.Result;
import io.thalweg.v1.Series;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a sample takes from its producer to the topic, where each of 20,000 a second is an event
 * of its own and gives a result. A measurement, not part of any build: it is run by its name. It
 * tells what it measured with all on one machine, and fails where a result is missing.
 */
class KafkaSinkLatency {
  private static final int SECONDS = Integer.getInteger("thalweg.it.sink-seconds", 30);
  private static final int WARM_UP = Integer.getInteger("thalweg.it.sink-warm-up", 60);
  private static final int KEYS = 10_000;
  private static final int SERIES = 200;
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final String TOPIC = "results";

  @TempDir Path folder;

  @Test
  void resultsOfTwentyThousandSamplesASecondComeSoon() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.createTopic(TOPIC, 4);
      try (NodeProcess node = NodeProcess.start(folder, settings(broker))) {
        ManagedChannel channel = node.channel();
        AtomicInteger answered = new AtomicInteger();
        int requests = (WARM_UP + SECONDS) * 100;
        Histogram durable = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
        Thread load = new Thread(() -> send(channel, requests, answered, durable));
        load.start();
        Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
        int results = read(broker, requests * SERIES, latencies);
        load.join();
        channel.shutdownNow();

        System.out.printf(
            "KafkaSinkLatency: %,d results%n  acknowledged as durable: %s%n  in the topic: %s%n",
            results, told(durable), told(latencies));
        assertThat(results).isEqualTo(requests * SERIES);
        assertThat(answered.get()).isEqualTo(requests);
      }
    }
  }

  private static String told(Histogram micros) {
    return "p50 %.1f ms, p99 %.1f ms, max %.1f ms"
        .formatted(
            micros.getValueAtPercentile(50) / 1e3,
            micros.getValueAtPercentile(99) / 1e3,
            micros.getMaxValue() / 1e3);
  }

  /** A sample's value is when its request was due. */
  private static void send(
      ManagedChannel channel, int requests, AtomicInteger answered, Histogram durable) {
    long start = System.nanoTime();
    StreamObserver<IngestRequest> call =
        IngestServiceGrpc.newStub(channel)
            .ingest(
                new StreamObserver<>() {
                  @Override
                  public void onNext(IngestResponse response) {
                    if (answered.incrementAndGet() > WARM_UP * 100) {
                      long due = start + answered.get() * EVERY_NANOS;
                      durable.recordValue(Math.max(0, System.nanoTime() - due) / 1_000);
                    }
                  }

                  @Override
                  public void onError(Throwable failure) {}

                  @Override
                  public void onCompleted() {}
                });
    int key = 0;
    for (int i = 1; i <= requests; i++) {
      long due = start + i * EVERY_NANOS;
      while (System.nanoTime() - due < 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      Series[] series = new Series[SERIES];
      for (int s = 0; s < SERIES; s++) {
        series[s] =
            Series.newBuilder()
                .setKey("k" + key++ % KEYS)
                .addTimeUnixNano(1_700_000_000_000_000_000L + i)
                .addValues(due / 1_000)
                .build();
      }
      call.onNext(request("s", "p", i, series));
    }
    call.onCompleted();
  }

  private static int read(KafkaBroker broker, int all, Histogram latencies) throws Exception {
    int results = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrap(), "enable.auto.commit", "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(p -> new TopicPartition(TOPIC, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline =
          System.nanoTime()
              + TimeUnit.SECONDS.toNanos(WARM_UP + SECONDS)
              + TimeUnit.MINUTES.toNanos(3);
      while (results < all && System.nanoTime() - deadline < 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          long dueMicros =
              (long) Result.parseFrom(record.value()).getWindowClosed().getSummary().getMean();
          results++;
          if (results > WARM_UP * 20_000) {
            latencies.recordValue(Math.max(0, System.nanoTime() / 1_000 - dueMicros));
          }
        }
      }
    }
    return results;
  }

  private static String settings(KafkaBroker broker) {
    return """
    thalweg.streams.s { window { tumbling-count = 1 } }
    thalweg.kafka {
      clusters.main.bootstrap = "%s"
      sinks.out { streams = [s], topic = %s, format = protobuf }
    }
    """
        .formatted(broker.bootstrap(), TOPIC);
  }
}
