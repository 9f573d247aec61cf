package io.thalweg.route;

import io.thalweg.domain.key.KeyBatch;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** A delivery under way: sent to its key, not yet answered. */
final class Delivery {
  private final long number;
  private final Lane lane;
  private final Share[] shares;
  private final long firstSentNanos;
  private long dueNanos;
  private int attempts;

  Delivery(long number, Lane lane, Share[] shares, long nowNanos) {
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

  /** Nobody changes them. */
  Share[] shares() {
    return shares;
  }

  List<KeyBatch> batches() {
    return new Batches(shares);
  }

  /** A view, to spare a copy. */
  private static final class Batches extends AbstractList<KeyBatch> implements RandomAccess {
    private final Share[] shares;

    Batches(Share[] shares) {
      this.shares = shares;
    }

    @Override
    public KeyBatch get(int index) {
      return shares[index].batch();
    }

    @Override
    public int size() {
      return shares.length;
    }
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
