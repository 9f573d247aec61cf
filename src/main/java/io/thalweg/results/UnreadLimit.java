package io.thalweg.results;

import io.grpc.Status;
import java.time.Duration;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.BackpressureTimeoutException;
import org.apache.pekko.stream.javadsl.Flow;

/** Ends what is told to a client that reads nothing of it. */
final class UnreadLimit {
  private UnreadLimit() {}

  /**
   * Fails with RESOURCE_EXHAUSTED where so long after an element no more is asked for.
   *
   * @param max {@code thalweg.results.watch-unread-max}
   */
  static <T> Flow<T, T, NotUsed> of(Duration max) {
    Status status =
        Status.RESOURCE_EXHAUSTED.withDescription(
            "this watch was not read for %,d s, as long as thalweg.results.watch-unread-max allows"
                .formatted(max.toSeconds()));
    return Flow.<T>create()
        .backpressureTimeout(max)
        .mapError(BackpressureTimeoutException.class, unread -> status.asRuntimeException());
  }
}
