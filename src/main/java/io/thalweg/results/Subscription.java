package io.thalweg.results;

import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamKey;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one watcher. The keys' threads put in, the watcher's stream takes out; neither
 * waits for the other. Where a watcher is too slow the oldest goes, so that the newest state is
 * always among what it is told, and it is told how much went.
 *
 * <p>Thread-safe.
 */
final class Subscription {
  private final Predicate<StreamKey> keys;
  private final boolean states;
  private final int capacity;
  private final ArrayDeque<Happening.Changed> waiting = new ArrayDeque<>();
  private Runnable wakeUp = () -> {};
  private Happening.@Nullable Skipped skipped;

  /**
   * @param keys those that it is to hear of
   * @param states whether it is to hear of the state after every batch
   * @param capacity how much may wait
   */
  Subscription(Predicate<StreamKey> keys, boolean states, int capacity) {
    this.keys = keys;
    this.states = states;
    this.capacity = capacity;
  }

  /** From now on this is run, on any thread, when something waits again. */
  synchronized void onWaiting(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  /** Called on the key's thread. */
  void offer(StreamKey key, KeyEvent event, KeyState after) {
    if ((states || !event.outcomes().isEmpty()) && keys.test(key)) {
      put(
          new Happening.Changed(
              key,
              after.version(),
              event.outcomes(),
              states ? Optional.of(after) : Optional.empty()));
    }
  }

  private synchronized void put(Happening.Changed happening) {
    if (waiting.size() == capacity) {
      Happening.Changed oldest = waiting.remove();
      long before = skipped == null ? 0 : skipped.count();
      skipped = new Happening.Skipped(oldest.key(), oldest.version(), before + oldest.size());
    }
    waiting.add(happening);
    if (waiting.size() == 1) {
      wakeUp.run();
    }
  }

  /** Takes what is to be told next; null where nothing waits. */
  synchronized @Nullable Happening take() {
    Happening next = skipped;
    if (next == null) {
      return waiting.poll();
    }
    skipped = null;
    return next;
  }
}
