package io.thalweg.ingest.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic for records that are no samples. A letter has the key, the value and the headers of its
 * record, and in further headers from where it comes and why. Thread-safe.
 *
 * <p>It has a thread of its own, because the producer blocks while it looks for the topic.
 */
final class DeadLetters implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final SourceDefinition source;
  private final String topic;
  private final ExecutorService thread;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  DeadLetters(SourceDefinition source, String topic) {
    this.source = source;
    this.topic = topic;
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("dead-letters-" + source.name()).factory());
  }

  /** Completed when the brokers have acknowledged all; fails where they have not. */
  CompletionStage<Integer> send(List<Letter> letters) {
    return CompletableFuture.supplyAsync(() -> sendAll(letters), thread)
        .thenCompose(all -> all)
        .handle(
            (all, failure) -> {
              if (failure != null) {
                throw new DeadLetterException(topic, SourceFailure.unwrapped(failure));
              }
              return letters.size();
            });
  }

  private CompletableFuture<Void> sendAll(List<Letter> letters) {
    return CompletableFuture.allOf(
        letters.stream().map(this::send).toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Void> send(Letter letter) {
    return send(record(letter, letter.record().value()))
        .exceptionallyCompose(
            failure ->
                failure instanceof RecordTooLargeException
                    ? send(withoutValue(letter))
                    : CompletableFuture.failedFuture(failure));
  }

  private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    try {
      var unused =
          producer()
              .send(
                  record,
                  (metadata, failure) -> {
                    if (failure == null) {
                      acknowledged.complete(null);
                    } else {
                      acknowledged.completeExceptionally(failure);
                    }
                  });
    } catch (RuntimeException failure) {
      acknowledged.completeExceptionally(failure);
    }
    return acknowledged;
  }

  /** Made when it is first needed: most sources never do. */
  private synchronized KafkaProducer<byte[], byte[]> producer() {
    KafkaProducer<byte[], byte[]> known = producer;
    if (known == null) {
      Map<String, Object> properties = new HashMap<>(source.cluster().clientProperties());
      properties.put("client.id", "thalweg-dead-letters-" + source.name());
      properties.put("acks", "all");
      properties.put("enable.idempotence", "true");
      properties.put("max.block.ms", String.valueOf(TIMEOUT_MILLIS / 3));
      properties.put("delivery.timeout.ms", String.valueOf(TIMEOUT_MILLIS));
      properties.put("request.timeout.ms", String.valueOf(TIMEOUT_MILLIS / 3));
      properties.put("linger.ms", "5");
      known = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
      producer = known;
    }
    return known;
  }

  private ProducerRecord<byte[], byte[]> record(Letter letter, byte @Nullable [] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, null, null, letter.record().key(), value, letter.record().headers());
    Headers headers = record.headers();
    put(headers, "thalweg.reason", letter.reason());
    put(headers, "thalweg.source", source.name());
    put(headers, "thalweg.topic", letter.record().topic());
    put(headers, "thalweg.partition", String.valueOf(letter.record().partition()));
    put(headers, "thalweg.offset", String.valueOf(letter.record().offset()));
    put(headers, "thalweg.timestamp", String.valueOf(letter.record().timestamp()));
    return record;
  }

  /** Of a record that is as large as the topic takes: with its headers it is larger. */
  private ProducerRecord<byte[], byte[]> withoutValue(Letter letter) {
    ProducerRecord<byte[], byte[]> record = record(letter, null);
    put(
        record.headers(),
        "thalweg.value-left-out",
        letter.record().serializedValueSize() + " bytes");
    return record;
  }

  private static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    thread.shutdown();
    synchronized (this) {
      if (producer != null) {
        producer.close(CLOSE_TIMEOUT);
      }
    }
  }
}
