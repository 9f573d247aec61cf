package io.thalweg.domain.stats;

/**
 * Statistics of all values ever added, as exact as the summary can show them: sums around a centre,
 * each in two doubles of which the second holds what the first had to round off.
 *
 * @param count how many values
 * @param centre the first value; 0 where count is 0
 * @param sum of the deviations from the centre
 * @param sumRest what {@code sum} lacks
 * @param squares sum of the squared deviations from the centre
 * @param squaresRest what {@code squares} lacks
 * @param min 0 where count is 0
 * @param max 0 where count is 0
 */
public record Total(
    long count,
    double centre,
    double sum,
    double sumRest,
    double squares,
    double squaresRest,
    double min,
    double max) {

  /** Of no values. */
  public static final Total EMPTY = new Total(0, 0, 0, 0, 0, 0, 0, 0);
}
