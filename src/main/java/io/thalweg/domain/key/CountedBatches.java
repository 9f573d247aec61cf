package io.thalweg.domain.key;

/**
 * Which of a producer's batches were counted: the highest number, and a bit for each of the {@value
 * #BELOW} numbers below it. What lies further below is not known any more.
 *
 * @param highest the highest number that was counted
 * @param w0 bit i: whether {@code highest − 1 − i} was counted
 * @param w1 the same for {@code highest − 65 − i}
 * @param w2 the same for {@code highest − 129 − i}
 * @param w3 the same for {@code highest − 193 − i}
 */
record CountedBatches(long highest, long w0, long w1, long w2, long w3) {
  static final int BELOW = 256;

  /** Of a producer whose first counted batch this is. */
  static CountedBatches first(long sequence) {
    return new CountedBatches(sequence, 0, 0, 0, 0);
  }

  static CountedBatches restore(long highest, long[] below) {
    return new CountedBatches(highest, below[0], below[1], below[2], below[3]);
  }

  /** Whether nothing is known any more of a batch of this number. */
  boolean isStale(long sequence) {
    return highest - sequence > BELOW;
  }

  /** Whether a batch of this number was counted; of one that is not stale. */
  boolean contains(long sequence) {
    if (sequence >= highest) {
      return sequence == highest;
    }
    int bit = Math.toIntExact(highest - sequence - 1);
    return (word(bit >> 6) >>> bit & 1) != 0;
  }

  /** With a number that is neither stale nor contained. */
  CountedBatches with(long sequence) {
    return sequence > highest ? raisedTo(sequence) : withBelow(highest - sequence - 1);
  }

  /** Words of bits, as {@link KeySnapshot.Producer} tells of them. */
  long[] below() {
    return new long[] {w0, w1, w2, w3};
  }

  private CountedBatches raisedTo(long sequence) {
    long by = sequence - highest;
    if (by > BELOW) {
      return first(sequence);
    }
    CountedBatches moved = new CountedBatches(sequence, w0, w1, w2, w3).movedDown((int) by);
    return moved.withBelow(by - 1);
  }

  private CountedBatches movedDown(int bits) {
    CountedBatches b = this;
    int left = bits;
    for (; left >= 64; left -= 64) {
      b = new CountedBatches(highest, 0, b.w0, b.w1, b.w2);
    }
    if (left == 0) {
      return b;
    }
    int carry = 64 - left;
    return new CountedBatches(
        highest,
        b.w0 << left,
        b.w1 << left | b.w0 >>> carry,
        b.w2 << left | b.w1 >>> carry,
        b.w3 << left | b.w2 >>> carry);
  }

  private CountedBatches withBelow(long bit) {
    long mask = 1L << bit;
    return switch ((int) (bit >> 6)) {
      case 0 -> new CountedBatches(highest, w0 | mask, w1, w2, w3);
      case 1 -> new CountedBatches(highest, w0, w1 | mask, w2, w3);
      case 2 -> new CountedBatches(highest, w0, w1, w2 | mask, w3);
      default -> new CountedBatches(highest, w0, w1, w2, w3 | mask);
    };
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
