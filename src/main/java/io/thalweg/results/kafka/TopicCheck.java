package io.thalweg.results.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers for a sink's topic, to tell people what is wrong. */
final class TopicCheck {
  private static final long PATIENCE_MILLIS = 5_000;

  private TopicCheck() {}

  /** What keeps results from being written; empty where nothing is known to. Blocks for seconds. */
  static Optional<String> trouble(SinkSettings settings) throws InterruptedException {
    Map<String, Object> properties = settings.producerProperties();
    Map<String, Object> admin = new java.util.HashMap<>(settings.cluster().clientProperties());
    admin.put("client.id", properties.get("client.id") + "-check");
    admin.put("default.api.timeout.ms", String.valueOf(PATIENCE_MILLIS));
    admin.put("request.timeout.ms", String.valueOf(PATIENCE_MILLIS / 2));
    try (Admin brokers = Admin.create(admin)) {
      brokers
          .describeTopics(List.of(settings.topic()))
          .allTopicNames()
          .get(PATIENCE_MILLIS + 1_000, TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(said(settings, e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException | KafkaException e) {
      return Optional.of(said(settings, e));
    }
  }

  /** A failure in words that name topic and cluster. */
  static String said(SinkSettings settings, Throwable failure) {
    String topic = "the topic '" + settings.topic() + "' of the " + settings.cluster();
    return switch (failure) {
      case UnknownTopicOrPartitionException unknown -> topic + " does not exist";
      case TimeoutException silent -> "no broker of the " + settings.cluster() + " answers";
      case org.apache.kafka.common.errors.TimeoutException silent ->
          "no broker of the " + settings.cluster() + " answers";
      case org.apache.kafka.common.errors.AuthorizationException refused ->
          "no right to write to " + topic + ": " + refused.getMessage();
      case org.apache.kafka.common.errors.AuthenticationException refused ->
          "the " + settings.cluster() + " refuses to let it in: " + refused.getMessage();
      default -> topic + " can't be written: " + reason(failure);
    };
  }

  /** What a client that can't be made says lies in its cause. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
