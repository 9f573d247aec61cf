package io.thalweg.domain.detect;

/** What a detector saw in a sample or in the newest ones, and what it held that against. */
public sealed interface Finding {

  /** The sample lies far from the mean of the samples before it: the anomaly's evidence. */
  record Distance() implements Finding {}

  /**
   * The sample lies outside of all that was seen lately.
   *
   * @param min the least value of those samples
   * @param max the greatest
   * @param samples how many they are
   */
  record OutOfRange(double min, double max, long samples) implements Finding {}

  /**
   * A measure of the newest samples is not what it usually is. Which measure, the anomaly's view
   * tells.
   *
   * @param expected what it usually is
   * @param deviation how far it usually is from that
   * @param seen what it is now
   * @param samples of how many newest samples; at least 1
   */
  record Unusual(double expected, double deviation, double seen, int samples) implements Finding {}

  /** The sample lies beyond a fixed limit. */
  record OverLimit(double limit) implements Finding {}
}
