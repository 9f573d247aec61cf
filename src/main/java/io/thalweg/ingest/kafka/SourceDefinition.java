package io.thalweg.ingest.kafka;

import io.thalweg.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * A topic whose records become samples of a stream.
 *
 * @param name by which logs and status know it
 * @param cluster where the topic is
 * @param topic its name
 * @param stream whose samples its records are
 * @param group the consumer group, which all nodes share
 * @param start where to begin a partition of which the group has committed nothing
 * @param record how a record is read
 * @param poison what to do with a record that can't be one
 * @param limits its bounds
 */
public record SourceDefinition(
    String name,
    KafkaSettings cluster,
    String topic,
    String stream,
    String group,
    Start start,
    RecordLayout record,
    PoisonPolicy poison,
    Limits limits) {

  /** Where a partition begins. */
  public enum Start {
    EARLIEST,
    LATEST
  }

  /**
   * What happens to poison.
   *
   * @param deadLetterTopic where it goes, with the reason; empty: the source stops there
   */
  public record PoisonPolicy(Optional<String> deadLetterTopic) {}

  /**
   * The bounds of a source.
   *
   * @param recordsPerRequestMax that go to the keys at once, of one partition
   * @param requestsInFlightMax of one partition, admitted and not yet durable
   * @param commitEvery how often offsets are committed
   * @param retryBackoffMax the longest pause between two attempts to read the topic
   */
  public record Limits(
      int recordsPerRequestMax,
      int requestsInFlightMax,
      Duration commitEvery,
      Duration retryBackoffMax) {
    public Limits {
      inRange("records-per-request-max", recordsPerRequestMax, 32_768);
      inRange("requests-in-flight-max", requestsInFlightMax, 1_024);
      positive("commit-every", commitEvery);
      positive("retry-backoff-max", retryBackoffMax);
    }

    private static void inRange(String name, int value, int max) {
      if (value < 1 || value > max) {
        throw new IllegalArgumentException(
            name + " must be from 1 to " + max + ", but is " + value);
      }
    }

    private static void positive(String name, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " must be positive, but is " + value);
      }
    }
  }

  public SourceDefinition {
    notEmpty("topic", topic);
    notEmpty("group", group);
  }

  private static void notEmpty(String name, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
  }
}
