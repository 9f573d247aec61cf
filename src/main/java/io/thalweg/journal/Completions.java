package io.thalweg.journal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.dispatch.Futures;
import scala.concurrent.Future;
import scala.concurrent.Promise;

/** Stages as Pekko's plugins want them. */
final class Completions {
  private Completions() {}

  static <T> Future<T> future(CompletionStage<T> stage) {
    Promise<T> promise = Futures.promise();
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                promise.success(value);
              } else {
                promise.failure(cause(failure));
              }
            });
    return promise.future();
  }

  /** What went wrong, without what stages wrap it in. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
