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
 */
public record Summary(
    long count,
    double mean,
    double variance,
    double sampleVariance,
    double min,
    double max,
    double sum) {

  /** Of no values. */
  public static final Summary EMPTY = new Summary(0, 0, 0, 0, 0, 0, 0);

  /** The population's standard deviation. */
  public double deviation() {
    return Math.sqrt(variance);
  }
}
