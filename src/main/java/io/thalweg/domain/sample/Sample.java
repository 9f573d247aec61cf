package io.thalweg.domain.sample;

/**
 * One measured value at its event time.
 *
 * @param timeNanos event time, nanoseconds since 1970-01-01T00:00:00Z
 * @param value finite
 */
public record Sample(long timeNanos, double value) {
  public Sample {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a sample's value must be finite: " + value);
    }
  }
}
