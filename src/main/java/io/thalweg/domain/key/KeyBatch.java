package io.thalweg.domain.key;

import java.util.Arrays;

/**
 * One key's share of a producer's batch; equal where all bits are equal. The arrays are handed
 * over, as those of a series are.
 *
 * @param producer who sent it; empty: not deduplicated
 * @param sequence the batch's number; 0 where there is no producer
 * @param timesNanos event times, nanoseconds since 1970
 * @param values finite, as many as there are times
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, to spare a copy per batch.
public record KeyBatch(String producer, long sequence, long[] timesNanos, double[] values) {
  public KeyBatch {
    if (timesNanos.length != values.length) {
      throw new IllegalArgumentException(
          "a batch has as many times as values: " + timesNanos.length + " and " + values.length);
    }
    if (!producer.isEmpty() && sequence <= 0) {
      throw new IllegalArgumentException(
          "a producer's batches are numbered from 1: " + producer + " sent " + sequence);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyBatch that
        && producer.equals(that.producer)
        && sequence == that.sequence
        && Arrays.equals(timesNanos, that.timesNanos)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * producer.hashCode() + Long.hashCode(sequence)) + Arrays.hashCode(values);
  }

  /** The number of samples. */
  public int size() {
    return values.length;
  }
}
