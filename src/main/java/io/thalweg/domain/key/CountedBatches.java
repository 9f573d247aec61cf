package io.thalweg.domain.key;

/**
 * Which of a producer's batches were counted: the highest number, and a bit for each of the {@value
 * #BELOW} numbers below it. What lies further below is not known any more. A value; {@link
 * CountedBatchesFold} counts further ones.
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

  /** Words of bits, as {@link KeySnapshot.Producer} tells of them. */
  long[] below() {
    return new long[] {w0, w1, w2, w3};
  }
}
