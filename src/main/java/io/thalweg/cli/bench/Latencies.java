package io.thalweg.cli.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * How long batches took from when they were due to their acknowledgement, in microseconds, with
 * three digits, up to an hour (longer counts as that). Recorded by any thread, read by one.
 */
final class Latencies {
  private static final long MAX_MICROS = Duration.ofHours(1).toNanos() / 1_000;
  private static final int DIGITS = 3;

  private final Interval measured;
  private final Recorder ofMeasured = new Recorder(MAX_MICROS, DIGITS);
  private final Recorder ofAll = new Recorder(MAX_MICROS, DIGITS);

  /**
   * @param measured what counts: batches that were due in it, whenever they are acknowledged
   */
  Latencies(Interval measured) {
    this.measured = measured;
  }

  void record(long dueNanos, long nowNanos) {
    long micros = Math.clamp((nowNanos - dueNanos) / 1_000, 0, MAX_MICROS);
    ofAll.recordValue(micros);
    if (measured.contains(dueNanos)) {
      ofMeasured.recordValue(micros);
    }
  }

  /** Of the batches acknowledged since the last call, measured or not. */
  Histogram takeNew() {
    return ofAll.getIntervalHistogram();
  }

  /** Of the measured batches; to be asked once, when all are acknowledged. */
  Histogram takeMeasured() {
    return ofMeasured.getIntervalHistogram();
  }

  /** Both together. */
  static Histogram sum(Histogram one, Histogram other) {
    Histogram sum = one.copy();
    sum.add(other);
    return sum;
  }
}
