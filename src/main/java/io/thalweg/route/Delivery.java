package io.thalweg.route;

/** A delivery under way: sent to its key, not yet answered. */
final class Delivery {
  private final long number;
  private final Lane lane;
  private final Shares shares;
  private final long firstSentNanos;
  private long dueNanos;
  private int attempts;

  Delivery(long number, Lane lane, Shares shares, long nowNanos) {
    this.number = number;
    this.lane = lane;
    this.shares = shares;
    this.firstSentNanos = nowNanos;
  }

  long number() {
    return number;
  }

  Lane lane() {
    return lane;
  }

  Shares shares() {
    return shares;
  }

  /** It was sent, and is to be sent again at the given time if no answer has come. */
  void sent(long dueNanos) {
    this.dueNanos = dueNanos;
    attempts++;
  }

  /** The key does not know what became of it: it is to be sent again at the given time. */
  void postpone(long dueNanos) {
    this.dueNanos = dueNanos;
  }

  int attempts() {
    return attempts;
  }

  boolean isDue(long nowNanos) {
    return nowNanos - dueNanos >= 0;
  }

  long ageNanos(long nowNanos) {
    return nowNanos - firstSentNanos;
  }
}
