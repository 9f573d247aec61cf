package io.thalweg.domain.stats;

/**
 * Moments around a centre that lies among the data. Around the same centre they merge by addition:
 * a commutative monoid, but for roundings and for min and max no group, so nothing is subtracted.
 *
 * <p>The digits that the variance keeps are those that the squares around the centre keep: all but
 * log10 of (distance of the centre from the mean ÷ standard deviation)². Squares that overflow make
 * the variance {@link Double#MAX_VALUE}; a deviation beyond 1e290 counts as that. Nothing told is
 * ever NaN or infinite.
 *
 * @param count how many values
 * @param centre what they are measured from
 * @param sum of the deviations from the centre
 * @param squares sum of the squared deviations from the centre; may be infinite
 * @param min {@link Double#POSITIVE_INFINITY} where count is 0
 * @param max {@link Double#NEGATIVE_INFINITY} where count is 0
 */
public record Moments(
    long count, double centre, double sum, double squares, double min, double max) {

  private static final double DEVIATION_MAX = 1e290;

  /** Of no values. */
  public static Moments around(double centre) {
    return new Moments(0, centre, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  /** Merges moments around the same centre. */
  public Moments plus(Moments that) {
    if (Double.compare(centre, that.centre) != 0) {
      throw new IllegalArgumentException(
          "moments merge around one centre: " + centre + " and " + that.centre);
    }
    return new Moments(
        count + that.count,
        centre,
        sum + that.sum,
        squares + that.squares,
        Math.min(min, that.min),
        Math.max(max, that.max));
  }

  /** What is told of them. */
  public Summary summary() {
    if (count == 0) {
      return Summary.EMPTY;
    }
    double mean = Math.max(min, Math.min(max, mean(count, centre, sum)));
    double m2 = variance(count, sum, squares) * count;
    return Summary.of(count, mean, m2, min, max, Math.fma((double) count, centre, sum));
  }

  /** A value's deviation from a centre. */
  public static double deviation(double value, double centre) {
    double d = value - centre;
    return Math.abs(d) <= DEVIATION_MAX ? d : Math.copySign(DEVIATION_MAX, d);
  }

  /** The mean of {@code count} values, of which there is at least one. */
  public static double mean(long count, double centre, double sum) {
    return centre + sum / count;
  }

  /** The population's variance of {@code count} values, of which there is at least one. */
  public static double variance(long count, double sum, double squares) {
    return squares < Double.MAX_VALUE
        ? Math.max(0, (squares - sum / count * sum) / count)
        : Double.MAX_VALUE;
  }
}
