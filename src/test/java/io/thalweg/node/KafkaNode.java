package io.thalweg.node;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.thalweg.kafka.KafkaBroker;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.GetStatusRequest;
import io.thalweg.v1.KafkaSourceReport;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.NodeStatus;
import io.thalweg.v1.QueryServiceGrpc;
import io.thalweg.v1.StatusServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** What tests of Kafka sources ask nodes, and how they are configured. */
final class KafkaNode {
  private KafkaNode() {}

  /** One source named like its topic, of JSON with the fields at and v, for a stream. */
  static String source(KafkaBroker broker, String topic, String stream, String more) {
    return """
        thalweg.kafka.clusters.test.bootstrap = "%s"
        thalweg.kafka.sources.%s {
          topic = %s, stream = %s, format = json, value-field = v, time-field = at, time-unit = ms
          commit-every = 100ms
          %s
        }
        """
        .formatted(broker.bootstrap(), topic, topic, stream, more);
  }

  /** Of all nodes. */
  static List<KafkaSourceReport> reports(Channel channel, String source) {
    return StatusServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .getStatus(GetStatusRequest.getDefaultInstance())
        .getNodesList()
        .stream()
        .filter(NodeStatus::hasReport)
        .flatMap(node -> node.getReport().getKafkaSourcesList().stream())
        .filter(report -> report.getName().equals(source))
        .toList();
  }

  /** Of the one node; an empty one where it has not answered in time. */
  static KafkaSourceReport report(Channel channel, String source) {
    return reports(channel, source).stream()
        .findFirst()
        .orElse(KafkaSourceReport.newBuilder().setTrouble("silent").build());
  }

  /** How many samples a key has; 0 where it does not answer, or has not been heard of. */
  static long count(Channel channel, String stream, String key) {
    try {
      return get(channel, stream, key).getTotal().getCount();
    } catch (StatusRuntimeException notYet) {
      return 0;
    }
  }

  static KeyState get(Channel channel, String stream, String key) {
    return QueryServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .getKey(GetKeyRequest.newBuilder().setStream(stream).setKey(key).build());
  }

  /** Waits until something holds. */
  static void await(String what, Duration patience, Callable<Boolean> holds) throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!holds.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("within " + patience.toSeconds() + " s not: " + what);
      }
      Thread.sleep(50);
    }
  }

  /** Fails where a key has lost or doubled one of the first so many samples of a topic. */
  static void check(Channel channel, String stream, KafkaTopic topic, long samples) {
    StringBuilder wrong = new StringBuilder();
    for (int key = 0; key < topic.keys(); key++) {
      KeyState state = get(channel, stream, topic.key(key));
      long count = topic.count(key, samples);
      double sum = topic.sum(key, samples);
      if (state.getTotal().getCount() != count || state.getTotal().getSum() != sum) {
        wrong.append(
            "\n%s has %d samples with sum %s, and must have %d with sum %s"
                .formatted(
                    topic.key(key),
                    state.getTotal().getCount(),
                    state.getTotal().getSum(),
                    count,
                    sum));
      }
    }
    if (!wrong.isEmpty()) {
      throw new AssertionError(wrong.toString());
    }
  }

  /** How many samples all keys have. */
  static long total(Channel channel, String stream, KafkaTopic topic) {
    long total = 0;
    for (int key = 0; key < topic.keys(); key++) {
      total += count(channel, stream, topic.key(key));
    }
    return total;
  }
}
