package io.thalweg.ingest.kafka;

import java.time.Duration;

/**
 * Notices when records wait to become durable and none does for a while, as with a journal that
 * does not answer. Looked at now and then; thread-safe.
 */
final class Standstill {
  static final Duration TOLD_AFTER = Duration.ofSeconds(5);

  private boolean isWaiting;
  private long settled;
  private long sinceNanos;

  /**
   * Whether it lasts long enough to be told of.
   *
   * @param waiting records read and not yet durable
   * @param settledInAll records that have become durable so far; never less than before
   */
  synchronized boolean look(long waiting, long settledInAll, long nanoTime) {
    if (!isWaiting || settledInAll != settled) {
      sinceNanos = nanoTime;
      settled = settledInAll;
    }
    isWaiting = waiting > 0;
    return isWaiting && nanoTime - sinceNanos >= TOLD_AFTER.toNanos();
  }
}
