package io.thalweg.cli.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thalweg.cli.input.Source;
import io.thalweg.cli.output.Json;
import io.thalweg.cli.output.Times;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes samples to a topic, a record each: the key is the record's, the value JSON like {@code
 * {"time":"2015-07-10T14:24:00Z","value":564.0}}. Records of a key keep their order. One thread
 * writes; any may ask how many records are written.
 */
public final class SampleWriter implements Source.KeyedSamples, AutoCloseable {
  /** The fields of a value. */
  public static final String TIME = "time";

  public static final String VALUE = "value";

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Map<String, LongAdder> written = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * @param bootstrap host and port of a broker; several with commas between
   */
  public SampleWriter(String bootstrap, String topic) {
    this(
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrap,
                "acks", "all",
                "enable.idempotence", "true",
                "linger.ms", "20"),
            new ByteArraySerializer(),
            new ByteArraySerializer()),
        topic);
  }

  SampleWriter(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /** Sends the next one, or waits where much is under way. After a failure it does nothing. */
  @Override
  public void accept(String key, long timeNanos, double value) {
    if (failure.get() != null) {
      return;
    }
    LongAdder ofKey = written.computeIfAbsent(key, k -> new LongAdder());
    String text = Json.text(Json.object().put(TIME, Times.iso(timeNanos)).put(VALUE, value));
    producer.send(
        new ProducerRecord<>(topic, key.getBytes(UTF_8), text.getBytes(UTF_8)),
        (metadata, failed) -> {
          if (failed == null) {
            ofKey.increment();
          } else {
            failure.compareAndSet(null, failed);
          }
        });
  }

  /**
   * Waits until the brokers have acknowledged all.
   *
   * @throws KafkaDemoException if they have not
   */
  public void finish() throws KafkaDemoException {
    producer.flush();
    Exception failed = failure.get();
    if (failed != null) {
      throw new KafkaDemoException(
          "a record can't be written to " + topic + ": " + failed.getMessage(), failed);
    }
  }

  /** Records that the brokers have acknowledged. */
  public long written() {
    return written.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** The same of one key. */
  public long written(String key) {
    LongAdder ofKey = written.get(key);
    return ofKey == null ? 0 : ofKey.sum();
  }

  /** Gives up what is not acknowledged yet. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
