package io.thalweg.results.kafka;

import io.thalweg.journal.QueuedResults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's producer, with a bound on what is under way. For the sink's thread. Once anything fails
 * all fails, so that nothing overtakes what did; it is closed then, without waiting.
 */
final class SinkProducer implements AutoCloseable {
  private static final Duration FLUSH_PATIENCE = Duration.ofSeconds(3);

  /** The sink begins again. The message is for people. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private final SinkSettings settings;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ResultRecords records;
  private final AtomicLong results;
  private final Runnable wake;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile @Nullable Exception failure;
  private boolean flushed;

  private SinkProducer(
      SinkSettings settings,
      KafkaProducer<byte[], byte[]> producer,
      AtomicLong results,
      Runnable wake) {
    this.settings = settings;
    this.producer = producer;
    this.records = new ResultRecords(settings.topic(), settings.format());
    this.results = results;
    this.wake = wake;
  }

  /**
   * @param results counts those acknowledged
   * @param wake called when there is room again, or something failed
   * @throws Failure if its settings are wrong
   */
  static SinkProducer open(SinkSettings settings, AtomicLong results, Runnable wake) {
    try {
      return new SinkProducer(
          settings,
          new KafkaProducer<>(
              settings.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer()),
          results,
          wake);
    } catch (KafkaException e) {
      throw new Failure(TopicCheck.said(settings, e), e);
    }
  }

  /** How many more may be sent. */
  int room() {
    return Math.max(0, settings.bounds().inFlightMax() - underWay.get());
  }

  boolean isFull() {
    return room() == 0;
  }

  /** Sends an event's results, which are more than there is room for perhaps. */
  void send(ShardProgress progress, QueuedResults event) {
    check();
    List<ProducerRecord<byte[], byte[]>> all = records.of(event);
    ShardProgress.Sent sent =
        progress.sending(event.number(), all.size(), event.writtenMillis(), System.nanoTime());
    for (ProducerRecord<byte[], byte[]> record : all) {
      underWay.incrementAndGet();
      try {
        var unused = producer.send(record, (metadata, failed) -> answered(progress, sent, failed));
      } catch (KafkaException e) {
        throw new Failure(TopicCheck.said(settings, e), e);
      }
    }
  }

  private void answered(
      ShardProgress progress, ShardProgress.Sent sent, @Nullable Exception failed) {
    int before = underWay.getAndDecrement();
    if (failed != null) {
      if (failure == null) {
        failure = failed;
      }
      wake.run();
      return;
    }
    progress.acknowledge(sent);
    results.incrementAndGet();
    if (before >= settings.bounds().inFlightMax()) {
      wake.run();
    }
  }

  /**
   * @throws Failure if something of what was sent has failed
   */
  void check() {
    Exception failed = failure;
    if (failed != null) {
      throw new Failure(TopicCheck.said(settings, failed), failed);
    }
  }

  /** Waits a while for what is under way. */
  void flush() {
    flushed = true;
    producer.close(FLUSH_PATIENCE);
  }

  @Override
  public void close() {
    if (!flushed) {
      producer.close(Duration.ZERO);
    }
  }
}
