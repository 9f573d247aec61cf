package io.thalweg.ingest.kafka;

import io.thalweg.rpc.Excerpt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What makes a source fail, in words for people. */
final class SourceFailure {
  private SourceFailure() {}

  static String text(SourceDefinition source, Throwable failure) {
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
