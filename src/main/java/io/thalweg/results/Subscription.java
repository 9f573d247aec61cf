package io.thalweg.results;

import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamKey;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one watcher. The keys' threads, and who brings what happened on other nodes, put
 * in; the watcher's stream takes out; neither waits for the other. Where a watcher is too slow the
 * oldest goes, so that the newest state is always among what it is told, and it is told how much
 * went.
 *
 * <p>Thread-safe.
 */
final class Subscription {
  private final Interest interest;
  private final int capacity;
  private final ArrayDeque<Happening> waiting = new ArrayDeque<>();
  private Runnable wakeUp = () -> {};
  private Happening.@Nullable Skipped skipped;
  private boolean lost;

  /**
   * @param interest what it is to hear of
   * @param capacity how much may wait
   */
  Subscription(Interest interest, int capacity) {
    this.interest = interest;
    this.capacity = capacity;
  }

  /** From now on this is run, on any thread, when something waits again. */
  synchronized void onWaiting(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  /** Called on the key's thread. */
  void offer(StreamKey key, KeyEvent event, KeyState after) {
    if ((interest.everyEvent() || !event.outcomes().isEmpty()) && interest.matches(key)) {
      put(
          new Happening.Changed(
              key,
              after.version(),
              event.outcomes(),
              interest.states() ? Optional.of(after) : Optional.empty()));
    }
  }

  /** What happened elsewhere, or did not come from there. */
  synchronized void put(Happening happening) {
    if (waiting.size() == capacity) {
      leaveOut(waiting.remove());
    }
    waiting.add(happening);
    if (waiting.size() == 1) {
      wakeUp.run();
    }
  }

  /** Takes what is to be told next; null where nothing waits. */
  synchronized @Nullable Happening take() {
    if (lost) {
      lost = false;
      return Happening.Lost.INSTANCE;
    }
    Happening next = skipped;
    if (next == null) {
      return waiting.poll();
    }
    skipped = null;
    return next;
  }

  private void leaveOut(Happening oldest) {
    switch (oldest) {
      case Happening.Changed changed -> skip(changed.key(), changed.version(), changed.size());
      case Happening.Skipped more -> skip(more.key(), more.version(), more.count());
      case Happening.Lost unknown -> lost = true;
    }
  }

  private void skip(StreamKey key, long version, long count) {
    long before = skipped == null ? 0 : skipped.count();
    skipped = new Happening.Skipped(key, version, before + count);
  }
}
