package io.thalweg.client;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Tries a blocking call until it succeeds, fails for good, or patience ends. Not thread-safe. */
final class Attempts {
  private final Wire wire;
  private final String doing;
  private final Backoff backoff;
  private long progressAtNanos;

  Attempts(Wire wire, String doing) {
    this.wire = wire;
    this.doing = doing;
    this.backoff = wire.newBackoff();
    this.progressAtNanos = wire.time().nanoTime();
  }

  <T> T run(Function<Channel, T> attempt) {
    while (true) {
      Connections.Connection connection = wire.connections().current();
      try {
        T result = attempt.apply(connection.channel());
        succeeded();
        return result;
      } catch (StatusRuntimeException e) {
        awaitNext(connection, CallFailure.of(e));
      }
    }
  }

  /** The next failure begins a new trouble. */
  void succeeded() {
    progressAtNanos = wire.time().nanoTime();
    backoff.succeeded();
  }

  /**
   * Returns when it is time for the next attempt.
   *
   * @throws ThalwegException if there shall be none
   */
  void awaitNext(Connections.Connection connection, CallFailure why) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
    if (!why.isTransient()) {
      throw why.toException(doing);
    }
    wire.connections().failed(connection);
    Duration troubled = Duration.ofNanos(wire.time().nanoTime() - progressAtNanos);
    Optional<Duration> wait = backoff.afterFailure(why, troubled);
    pause(wait.orElseThrow(() -> why.toException(connection.endpoint() + ": " + doing)));
  }

  private void pause(Duration wait) {
    try {
      wire.time().sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  private ThalwegException interrupted() {
    return new ThalwegException(Status.Code.CANCELLED, doing + ": interrupted");
  }
}
