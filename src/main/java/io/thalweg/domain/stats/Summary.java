package io.thalweg.domain.stats;

/**
 * What is told of a set of values.
 *
 * @param count how many there are
 * @param mean 0 where count is 0
 * @param variance of the population (divided by n); 0 where count is 0
 * @param sampleVariance divided by n − 1; 0 where count is less than 2
 * @param min 0 where count is 0
 * @param max 0 where count is 0
 * @param sum of the values
 * @param details what else the stream keeps
 */
public record Summary(
    long count,
    double mean,
    double variance,
    double sampleVariance,
    double min,
    double max,
    double sum,
    Details details) {

  /** Of no values. */
  public static final Summary EMPTY = new Summary(0, 0, 0, 0, 0, 0, 0);

  /** The basic statistics alone. */
  public Summary(
      long count,
      double mean,
      double variance,
      double sampleVariance,
      double min,
      double max,
      double sum) {
    this(count, mean, variance, sampleVariance, min, max, sum, Details.NONE);
  }

  /** With other details. */
  public Summary with(Details other) {
    return new Summary(count, mean, variance, sampleVariance, min, max, sum, other);
  }

  /** The standard deviation of a sample: the root of {@link #sampleVariance}. */
  public double sampleDeviation() {
    return Math.sqrt(sampleVariance);
  }

  /**
   * Of at least one value.
   *
   * @param m2 sum of the squared deviations from the mean; below 0 by rounding alone, or infinite
   * @param sum may be infinite
   */
  static Summary of(long count, double mean, double m2, double min, double max, double sum) {
    double squares = Math.max(0, m2);
    return new Summary(
        count,
        mean,
        saturated(squares / count),
        count < 2 ? 0 : saturated(squares / (count - 1)),
        min,
        max,
        saturated(sum));
  }

  private static double saturated(double x) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, x));
  }

  /** The population's standard deviation. */
  public double deviation() {
    return Math.sqrt(variance);
  }
}
