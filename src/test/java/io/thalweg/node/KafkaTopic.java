package io.thalweg.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thalweg.kafka.KafkaBroker;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Samples for a topic whose sums are known in closed form: sample i is of key i mod K and has the
 * value i, so that of N samples each key has N / K, where K divides N. Where it has anomalies, each
 * so-manieth sample of a key is {@link #HIGH} higher.
 */
final class KafkaTopic {
  /** What no other sample comes up to. */
  static final long HIGH = 1_000_000_000;

  private final String name;
  private final int keys;
  private final int highEvery;

  KafkaTopic(String name, int keys) {
    this(name, keys, Integer.MAX_VALUE);
  }

  KafkaTopic(String name, int keys, int highEvery) {
    this.name = name;
    this.keys = keys;
    this.highEvery = highEvery;
  }

  String key(int number) {
    return "k" + number;
  }

  int keys() {
    return keys;
  }

  /** How many of the first so many samples a key has. */
  long count(int key, long samples) {
    return samples / keys + (key < samples % keys ? 1 : 0);
  }

  /** The sum of their values. */
  double sum(int key, long samples) {
    long count = count(key, samples);
    return (double) count * key
        + (double) keys * count * (count - 1) / 2
        + (double) HIGH * (count / highEvery);
  }

  /** How many of the first so many samples are high ones. */
  long high(long samples) {
    long high = 0;
    for (int key = 0; key < keys; key++) {
      high += count(key, samples) / highEvery;
    }
    return high;
  }

  private long value(long i) {
    return i / keys % highEvery == highEvery - 1 ? i + HIGH : i;
  }

  /** Sends samples; returns when all are acknowledged, through whatever becomes of the broker. */
  void produce(KafkaBroker broker, long from, long to, long perSecondMax) throws Exception {
    AtomicLong acknowledged = new AtomicLong();
    AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    long start = System.nanoTime();
    try (KafkaProducer<byte[], byte[]> producer =
        broker.producer(
            Map.of(
                "enable.idempotence", "true",
                "delivery.timeout.ms", "120000",
                "linger.ms", "5",
                "batch.size", "65536"))) {
      for (long i = from; i < to; i++) {
        var unused =
            producer.send(
                record(i),
                (metadata, failure) -> {
                  if (failure == null) {
                    acknowledged.incrementAndGet();
                  } else {
                    failed.set(failure);
                  }
                });
        long ahead = (i - from) * 1_000_000_000L / perSecondMax - (System.nanoTime() - start);
        if (ahead > 2_000_000) {
          Thread.sleep(ahead / 1_000_000);
        }
      }
    }
    Exception failure = failed.get();
    if (failure != null || acknowledged.get() != to - from) {
      throw new IllegalStateException(
          "acknowledged " + acknowledged + " of " + (to - from), failure);
    }
  }

  private ProducerRecord<byte[], byte[]> record(long i) {
    String key = key((int) (i % keys));
    String value = "{\"at\":" + (1_700_000_000_000L + i) + ",\"v\":" + value(i) + "}";
    return new ProducerRecord<>(name, key.getBytes(UTF_8), value.getBytes(UTF_8));
  }
}
