package io.thalweg.results.kafka;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * How far one shard's queue has come: what was read and sent, and up to where all of it was
 * acknowledged. One thread sends; any may acknowledge.
 */
final class ShardProgress {

  /** An event's results under way. */
  static final class Sent {
    private final long number;
    private final long writtenMillis;
    private final long sentNanos;
    private int left;

    private Sent(long number, int left, long writtenMillis, long sentNanos) {
      this.number = number;
      this.left = left;
      this.writtenMillis = writtenMillis;
      this.sentNanos = sentNanos;
    }
  }

  private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
  private long read;
  private long acknowledged;
  private long stored;
  private long deleted;

  /**
   * @param told up to this number all was told before
   */
  ShardProgress(long told) {
    read = told;
    acknowledged = told;
    stored = told;
  }

  /** The number after which to read on. */
  synchronized long read() {
    return read;
  }

  /** All up to this number is acknowledged, and nothing above was missed. */
  synchronized long acknowledged() {
    return acknowledged;
  }

  /**
   * An event's results are about to be sent.
   *
   * @return how many numbers lie between it and the one before that was read: 0, or rows are
   *     missing
   */
  synchronized long missingBefore(long number) {
    return number - read - 1;
  }

  /** Numbers above those read are higher than expected: all up to this one is done with. */
  synchronized void skipTo(long number) {
    read = Math.max(read, number);
    if (underWay.isEmpty()) {
      acknowledged = read;
    }
  }

  /**
   * An event's results are sent.
   *
   * @param results at least one
   */
  synchronized Sent sending(long number, int results, long writtenMillis, long nowNanos) {
    if (number <= read || results < 1) {
      throw new IllegalStateException(number + " comes after " + read + ", results: " + results);
    }
    read = number;
    Sent sent = new Sent(number, results, writtenMillis, nowNanos);
    underWay.add(sent);
    return sent;
  }

  /** One of an event's results is acknowledged. */
  synchronized void acknowledge(Sent sent) {
    sent.left--;
    while (!underWay.isEmpty() && underWay.element().left == 0) {
      acknowledged = underWay.remove().number;
    }
    if (underWay.isEmpty()) {
      acknowledged = read;
    }
  }

  /** What is to be stored; -1 where that is stored already. */
  synchronized long toStore() {
    return acknowledged > stored ? acknowledged : -1;
  }

  synchronized void stored(long number) {
    stored = Math.max(stored, number);
  }

  /** Rows up to this number are no longer needed; -1 where they are deleted already. */
  synchronized long toDelete() {
    return stored > deleted ? stored : -1;
  }

  /** Up to which number rows are deleted; 0: unknown. */
  synchronized long deleted() {
    return deleted;
  }

  synchronized void deleted(long number) {
    deleted = Math.max(deleted, number);
  }

  /** The event that waits longest for its acknowledgement. */
  private synchronized @Nullable Sent oldest() {
    return underWay.peek();
  }

  /** When the event that waits longest was written, milliseconds since 1970; or a default. */
  long oldestWrittenMillis(long without) {
    Sent oldest = oldest();
    return oldest == null ? without : oldest.writtenMillis;
  }

  /** When it was sent; or a default. */
  long oldestSentNanos(long without) {
    Sent oldest = oldest();
    return oldest == null ? without : oldest.sentNanos;
  }
}
