package io.thalweg.domain.key;

/** Counts a producer's batches from {@link CountedBatches} on. Of one thread. */
final class CountedBatchesFold {
  private static final int WORD = Long.SIZE;

  private long highest;
  private long w0;
  private long w1;
  private long w2;
  private long w3;

  CountedBatchesFold(CountedBatches from) {
    highest = from.highest();
    w0 = from.w0();
    w1 = from.w1();
    w2 = from.w2();
    w3 = from.w3();
  }

  CountedBatches freeze() {
    return new CountedBatches(highest, w0, w1, w2, w3);
  }

  long highest() {
    return highest;
  }

  /** Whether nothing is known any more of a batch of this number. */
  boolean isStale(long sequence) {
    return highest - sequence > CountedBatches.BELOW;
  }

  /** Whether a batch of this number was counted; of one that is not stale. */
  boolean contains(long sequence) {
    if (sequence >= highest) {
      return sequence == highest;
    }
    int bit = Math.toIntExact(highest - sequence - 1);
    return (word(bit / WORD) >>> bit & 1) != 0;
  }

  /** Counts a batch whose number is neither stale nor contained. */
  void add(long sequence) {
    if (sequence > highest) {
      raiseTo(sequence);
    } else {
      set(Math.toIntExact(highest - sequence - 1));
    }
  }

  private void raiseTo(long sequence) {
    long by = sequence - highest;
    highest = sequence;
    if (by > CountedBatches.BELOW) {
      w0 = 0;
      w1 = 0;
      w2 = 0;
      w3 = 0;
    } else {
      moveDown((int) by);
      set((int) by - 1);
    }
  }

  private void moveDown(int bits) {
    int left = bits;
    for (; left >= WORD; left -= WORD) {
      w3 = w2;
      w2 = w1;
      w1 = w0;
      w0 = 0;
    }
    if (left > 0) {
      int carry = WORD - left;
      w3 = w3 << left | w2 >>> carry;
      w2 = w2 << left | w1 >>> carry;
      w1 = w1 << left | w0 >>> carry;
      w0 <<= left;
    }
  }

  private void set(int bit) {
    long mask = 1L << bit;
    switch (bit / WORD) {
      case 0 -> w0 |= mask;
      case 1 -> w1 |= mask;
      case 2 -> w2 |= mask;
      default -> w3 |= mask;
    }
  }

  private long word(int index) {
    return switch (index) {
      case 0 -> w0;
      case 1 -> w1;
      case 2 -> w2;
      default -> w3;
    };
  }
}
