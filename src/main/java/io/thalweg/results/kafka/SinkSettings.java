package io.thalweg.results.kafka;

import io.thalweg.journal.ResultQueue;
import io.thalweg.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A sink. Described in {@code reference.conf} under {@code thalweg.kafka.sinks}.
 *
 * @param name of the sink, and of its queue in the journal
 * @param streams whose results go there
 * @param kinds which of them
 * @param topic where they go
 * @param cluster of which it is
 * @param bounds what it may take
 */
public record SinkSettings(
    String name,
    Set<String> streams,
    Set<ResultKind> kinds,
    String topic,
    ResultFormat format,
    KafkaSettings cluster,
    Bounds bounds) {
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  public SinkSettings {
    streams = Set.copyOf(streams);
    kinds = Set.copyOf(kinds);
    require(!streams.isEmpty(), "streams (one or more)", streams);
    require(!kinds.isEmpty(), "what (one or more)", kinds);
    require(
        TOPIC.matcher(topic).matches(),
        "topic (1 to 249 letters, digits, '.', '_' and '-')",
        "'" + topic + "'");
    var checked = new ResultQueue(name, streams, outcome -> false);
  }

  /**
   * What a sink may take.
   *
   * @param inFlightMax results sent and not acknowledged
   * @param storeEvery how often it is stored how far the brokers have acknowledged
   * @param pollEvery how often the journal is looked at for what other nodes have committed
   * @param waitingMax results' events that may wait in the journal
   * @param retryBackoffMax the longest pause after a failure
   */
  public record Bounds(
      int inFlightMax,
      Duration storeEvery,
      Duration pollEvery,
      long waitingMax,
      Duration retryBackoffMax) {
    public Bounds {
      require(
          inFlightMax >= 1 && inFlightMax <= 100_000, "in-flight-max (1 to 100000)", inFlightMax);
      require(isWithin(storeEvery, 10, 60_000), "store-every (10ms to 60s)", storeEvery);
      require(isWithin(pollEvery, 10, 60_000), "poll-every (10ms to 60s)", pollEvery);
      require(waitingMax >= 1_000, "waiting-max (>= 1000)", waitingMax);
      require(
          isWithin(retryBackoffMax, 100, 600_000),
          "retry-backoff-max (100ms to 10m)",
          retryBackoffMax);
    }

    private static boolean isWithin(Duration duration, long minMillis, long maxMillis) {
      return duration.toMillis() >= minMillis && duration.toMillis() <= maxMillis;
    }
  }

  /** What the journal is to queue for it. */
  ResultQueue queue() {
    return new ResultQueue(name, streams, outcome -> kinds.contains(ResultKind.of(outcome)));
  }

  /**
   * For Kafka's producer, secrets included. Nothing that was sent is ever given up by the producer
   * itself, so that nothing behind it overtakes it.
   */
  Map<String, Object> producerProperties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("linger.ms", "5");
    properties.putAll(cluster.clientProperties());
    properties.put("client.id", "thalweg-sink-" + name);
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("max.in.flight.requests.per.connection", "5");
    properties.put("retries", String.valueOf(Integer.MAX_VALUE));
    properties.put("delivery.timeout.ms", String.valueOf(Integer.MAX_VALUE));
    properties.put("max.block.ms", "10000");
    return properties;
  }

  private static void require(boolean holds, String what, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " must not be " + value);
    }
  }
}
