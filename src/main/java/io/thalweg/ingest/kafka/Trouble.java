package io.thalweg.ingest.kafka;

import io.thalweg.rpc.Excerpt;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;

/**
 * What is wrong with a source, for people: said when it begins, once a minute while it lasts, and
 * when it is over. Thread-safe.
 */
final class Trouble {
  private static final Duration REPEAT = Duration.ofMinutes(1);

  private final SourceDefinition source;
  private final Logger log;
  private final LongSupplier nanoTime;
  private String reason = "";
  private long saidNanos;

  Trouble(SourceDefinition source, Logger log, LongSupplier nanoTime) {
    this.source = source;
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /** The reason; empty: there is none. */
  synchronized String reason() {
    return reason;
  }

  synchronized void found(Throwable failure) {
    String now = describe(failure);
    long nanos = nanoTime.getAsLong();
    if (!now.equals(reason) || nanos - saidNanos >= REPEAT.toNanos()) {
      log.warn("Kafka source '{}': {}", source.name(), now);
      saidNanos = nanos;
    }
    reason = now;
  }

  synchronized void over() {
    if (!reason.isEmpty()) {
      log.info("Kafka source '{}': all is well again, after: {}", source.name(), reason);
      reason = "";
    }
  }

  private String describe(Throwable failure) {
    Throwable cause = unwrapped(failure);
    String where = " (" + source.cluster() + ")";
    return switch (cause) {
      case UnknownTopicOrPartitionException none ->
          "there is no topic '" + source.topic() + "', or it may not be seen" + where;
      case TopicAuthorizationException denied ->
          "no rights to the topic '" + source.topic() + "'" + where;
      case GroupAuthorizationException denied ->
          "no rights to the consumer group '" + source.group() + "'" + where;
      case AuthenticationException denied ->
          "the brokers refuse the log-in: " + message(denied) + where;
      case TimeoutException silent -> "the brokers do not answer" + where;
      case TopicMadeAnewException anew -> anew.getMessage() + where;
      case NotDurableException waiting -> String.valueOf(waiting.getMessage());
      case StoppedAtPoisonException stopped -> String.valueOf(stopped.getMessage());
      case DeadLetterException full -> full.getMessage() + where;
      default -> cause.getClass().getSimpleName() + ": " + message(cause) + where;
    };
  }

  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String message(Throwable failure) {
    return Excerpt.of(String.valueOf(failure.getMessage()));
  }
}
