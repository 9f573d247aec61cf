package io.thalweg.results;

import io.thalweg.domain.key.StreamKey;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one watcher. The keys' threads, and who brings what happened on other nodes, put
 * in; the watcher's stream takes out; neither waits for the other. Where a watcher is too slow the
 * oldest goes, so that the newest state is always among what it is told, and it is told how much
 * went.
 *
 * <p>Of a watcher that takes nothing only the newest is kept, until it takes again: a full queue
 * for each of many such watchers would cost those who write to the keys, since the garbage
 * collector has to look at every entry that is replaced.
 *
 * <p>Thread-safe.
 */
final class Subscription {
  private static final int ROOM_UNREAD = 1;

  private final Interest interest;
  private final int capacity;
  private ArrayDeque<Happening> waiting = new ArrayDeque<>();
  private int room;
  private Runnable wakeUp = () -> {};
  private boolean taken;
  private boolean lost;

  // What was left out: up to which key and version, null where nothing; and how many updates.
  private @Nullable StreamKey skippedKey;
  private long skippedVersion;
  private long skippedCount;

  /**
   * @param interest what it is to hear of
   * @param capacity how much may wait
   */
  Subscription(Interest interest, int capacity) {
    this.interest = interest;
    this.capacity = capacity;
    this.room = capacity;
  }

  /** From now on this is run, on any thread, when something waits again. */
  synchronized void onWaiting(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  /**
   * Called on the key's thread. All subscriptions are offered the same two objects.
   *
   * @param changed what happened, without the state
   * @param withState the same with the state
   */
  void offer(Happening.Changed changed, Happening.Changed withState) {
    if ((interest.everyEvent() || !changed.outcomes().isEmpty())
        && interest.matches(changed.key())) {
      put(interest.states() ? withState : changed);
    }
  }

  /** What happened elsewhere, or did not come from there. */
  synchronized void put(Happening happening) {
    boolean wasEmpty = waiting.isEmpty();
    if (waiting.size() >= room) {
      leaveOut(waiting.remove());
    }
    waiting.add(happening);
    if (wasEmpty) {
      wakeUp.run();
    }
  }

  /** Takes what is to be told next; null where nothing waits. */
  synchronized @Nullable Happening take() {
    taken = true;
    room = capacity;
    if (lost) {
      lost = false;
      return Happening.Lost.INSTANCE;
    }
    StreamKey key = skippedKey;
    if (key == null) {
      return waiting.poll();
    }
    Happening next = new Happening.Skipped(key, skippedVersion, skippedCount);
    skippedKey = null;
    skippedCount = 0;
    return next;
  }

  /**
   * To be called now and then. Where nothing was taken since it was last called, and there is no
   * room left, all goes but the newest.
   */
  synchronized void look() {
    if (!taken && waiting.size() >= room && room > ROOM_UNREAD) {
      while (waiting.size() > ROOM_UNREAD) {
        leaveOut(waiting.remove());
      }
      waiting = new ArrayDeque<>(waiting);
      room = ROOM_UNREAD;
    }
    taken = false;
  }

  /** Whether only the newest is kept, since its watcher takes nothing. */
  synchronized boolean isUnread() {
    return room < capacity;
  }

  private void leaveOut(Happening oldest) {
    switch (oldest) {
      case Happening.Changed changed -> skip(changed.key(), changed.version(), changed.size());
      case Happening.Skipped more -> skip(more.key(), more.version(), more.count());
      case Happening.Lost unknown -> lost = true;
    }
  }

  private void skip(StreamKey key, long version, long count) {
    skippedKey = key;
    skippedVersion = version;
    skippedCount += count;
  }
}
