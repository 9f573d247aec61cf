package io.thalweg.domain.sample;

/**
 * Samples of one key, in the producer's order.
 *
 * <p>The arrays are handed over: whoever creates a series does not touch them again, and nobody who
 * reads it changes them. That spares a copy on the way of every sample.
 *
 * @param key the stream key
 * @param timesNanos event times, nanoseconds since 1970
 * @param values finite, as many as there are times
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, to spare a copy per batch.
public record Series(String key, long[] timesNanos, double[] values) {
  public Series {
    if (timesNanos.length != values.length) {
      throw new IllegalArgumentException(
          "a series has as many times as values: " + timesNanos.length + " and " + values.length);
    }
  }

  /** The number of samples. */
  public int size() {
    return values.length;
  }
}
