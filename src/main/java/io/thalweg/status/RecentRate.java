package io.thalweg.status;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** How fast a total has grown over the last ten seconds. Not thread-safe. */
final class RecentRate {
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Reading(long nanos, long total) {}

  private final Deque<Reading> readings = new ArrayDeque<>();

  /** Reads the total, once a second or so. */
  void read(long nowNanos, long total) {
    while (readings.size() > 1 && nowNanos - second().nanos() >= WINDOW_NANOS) {
      readings.removeFirst();
    }
    readings.addLast(new Reading(nowNanos, total));
  }

  /** For each second between now and the reading of ten seconds ago, or the oldest there is. */
  double perSecond(long nowNanos, long total) {
    Reading oldest = readings.peekFirst();
    if (oldest == null || nowNanos - oldest.nanos() <= 0) {
      return 0;
    }
    return (total - oldest.total()) * 1e9 / (nowNanos - oldest.nanos());
  }

  private Reading second() {
    var iterator = readings.iterator();
    iterator.next();
    return iterator.next();
  }
}
