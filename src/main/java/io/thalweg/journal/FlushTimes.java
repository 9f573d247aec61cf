package io.thalweg.journal;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How long the last flushes took. Written by one thread, read by any. */
final class FlushTimes {
  private static final int KEPT = 4096;
  private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final long[] endedAt = new long[KEPT];
  private final long[] took = new long[KEPT];
  private int count;

  synchronized void add(long endedAtNanos, long tookNanos) {
    endedAt[count % KEPT] = endedAtNanos;
    took[count % KEPT] = tookNanos;
    count = count == Integer.MAX_VALUE ? KEPT : count + 1;
  }

  /** Of those that ended in the last ten seconds; 0 without any. */
  synchronized long quantile(double rank, long nowNanos) {
    int filled = Math.min(count, KEPT);
    long[] recent = new long[filled];
    int size = 0;
    for (int i = 0; i < filled; i++) {
      if (nowNanos - endedAt[i] <= RECENT_NANOS) {
        recent[size++] = took[i];
      }
    }
    if (size == 0) {
      return 0;
    }
    Arrays.sort(recent, 0, size);
    return recent[Math.min(size - 1, (int) (rank * size))];
  }
}
