package io.thalweg.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Writes that were handed to the store and not answered yet. One that waits for too long is
 * answered as failed, its outcome unknown; and until the store has come back from it, so is each
 * new one at once, lest they pile up. Of one thread.
 */
final class WritesUnderWay {
  private record Waiting(EventWrite write, long sinceNanos) {}

  private final Duration timeout;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private @Nullable EventWrite stuck;

  WritesUnderWay(Duration timeout) {
    this.timeout = timeout;
  }

  /** Whether the write may be handed to the store; if not, it is answered. */
  boolean add(EventWrite write, long nowNanos) {
    if (stuck != null && !stuck.isSettled()) {
      write.giveUp(late());
      return false;
    }
    stuck = null;
    removeSettled();
    waiting.add(new Waiting(write, nowNanos));
    return true;
  }

  /** Gives up those that wait for too long. */
  void check(long nowNanos) {
    removeSettled();
    while (!waiting.isEmpty() && nowNanos - waiting.element().sinceNanos() >= timeout.toNanos()) {
      stuck = waiting.remove().write();
      stuck.giveUp(late());
      removeSettled();
    }
  }

  /** Mostly in the order in which they came. */
  private void removeSettled() {
    while (!waiting.isEmpty() && waiting.element().write().isSettled()) {
      waiting.remove();
    }
  }

  private Exception late() {
    return new TimeoutException(
        "the store has not answered a write for %,d ms".formatted(timeout.toMillis()));
  }
}
