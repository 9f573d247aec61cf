package io.thalweg.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.grpc.Channel;
import io.thalweg.kafka.KafkaBroker;
import io.thalweg.v1.QueryServiceGrpc;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Result;
import io.thalweg.v1.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a sink has written, held against what the journal says has happened. */
final class SinkTopic {
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final KafkaBroker broker;
  private final String topic;
  private final boolean anomaliesAlone;

  SinkTopic(KafkaBroker broker, String topic) {
    this(broker, topic, false);
  }

  /**
   * @param anomaliesAlone whether its sink takes nothing else
   */
  SinkTopic(KafkaBroker broker, String topic, boolean anomaliesAlone) {
    this.broker = broker;
    this.topic = topic;
    this.anomaliesAlone = anomaliesAlone;
  }

  /** One thing that happened. */
  record Told(long version, MessageLite outcome) {}

  /**
   * What was found.
   *
   * @param results different ones
   * @param repeats of these
   */
  record Found(int results, int repeats, int anomalies) {}

  /**
   * Waits until all that the journal has of some keys is in the topic: each at least once, in the
   * key's order, and a repeat only under the same result id with the same bytes.
   */
  Found awaitAll(Channel node, String stream, List<String> keys) throws Exception {
    Map<String, List<Told>> expected = new HashMap<>();
    int all = 0;
    for (String key : keys) {
      expected.put(key, history(node, stream, key));
      all += expected.getOrDefault(key, List.of()).size();
    }
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    Map<String, byte[]> byId = new HashMap<>();
    while (true) {
      byId.clear();
      Map<String, List<Told>> told = new HashMap<>();
      int repeats = 0;
      int anomalies = 0;
      for (ConsumerRecord<byte[], byte[]> record : broker.readAll(topic)) {
        Result result = Result.parseFrom(record.value());
        String id = new String(record.headers().lastHeader("thalweg-result-id").value(), UTF_8);
        assertThat(id)
            .isEqualTo(
                result.getStream()
                    + "/"
                    + result.getKey()
                    + "/"
                    + result.getVersion()
                    + "/"
                    + result.getIndex());
        assertThat(new String(record.key(), UTF_8)).isEqualTo(result.getKey());
        byte[] before = byId.putIfAbsent(id, record.value());
        if (before != null) {
          assertThat(record.value()).as("repeat of " + id).isEqualTo(before);
          repeats++;
        } else {
          anomalies += result.hasAnomaly() ? 1 : 0;
          told.computeIfAbsent(result.getKey(), key -> new ArrayList<>())
              .add(new Told(result.getVersion(), outcome(result)));
        }
      }
      if (byId.size() >= all || System.nanoTime() > deadline) {
        for (String key : keys) {
          assertThat(told.getOrDefault(key, List.of()))
              .as("results of " + key)
              .isEqualTo(expected.get(key));
        }
        assertThat(byId).hasSize(all);
        return new Found(all, repeats, anomalies);
      }
      Thread.sleep(500);
    }
  }

  private List<Told> history(Channel node, String stream, String key) {
    List<Told> told = new ArrayList<>();
    QueryServiceGrpc.newBlockingStub(node)
        .readHistory(ReadHistoryRequest.newBuilder().setStream(stream).setKey(key).build())
        .forEachRemaining(
            update -> {
              if (update.hasAnomaly() || !anomaliesAlone) {
                told.add(new Told(update.getVersion(), outcome(update)));
              }
            });
    return told;
  }

  private static MessageLite outcome(Update update) {
    return switch (update.getOutcomeCase()) {
      case WINDOW_CLOSED -> update.getWindowClosed();
      case ANOMALY -> update.getAnomaly();
      case LATE_SAMPLE -> update.getLateSample();
      case WINDOW_UPDATED, STATE, SKIPPED, OUTCOME_NOT_SET ->
          throw new IllegalStateException("not asked for: " + update);
    };
  }

  private static MessageLite outcome(Result result) {
    return switch (result.getOutcomeCase()) {
      case WINDOW_CLOSED -> result.getWindowClosed();
      case ANOMALY -> result.getAnomaly();
      case LATE_SAMPLE -> result.getLateSample();
      case WINDOW_UPDATED, OUTCOME_NOT_SET ->
          throw new IllegalStateException("not asked for: " + result);
    };
  }
}
