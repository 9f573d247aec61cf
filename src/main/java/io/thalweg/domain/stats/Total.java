package io.thalweg.domain.stats;

/**
 * Statistics of all values ever added, as exact as a summary can show them: sums around a centre,
 * each in two doubles of which the second holds what the first had to round off.
 *
 * <p>Mean, variance and sum agree with exact arithmetic to 1e-14 of their size, whatever the order
 * and the number of the values. A deviation from the centre beyond {@value #SQUARABLE_MAX} has no
 * square: from then on the variance is {@link Double#MAX_VALUE}. One beyond {@value #DEVIATION_MAX}
 * counts as that. A sum beyond {@link Double#MAX_VALUE} is that. Nothing is ever NaN or infinite.
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

  static final double SQUARABLE_MAX = 1e144;
  static final double DEVIATION_MAX = 1e290;

  /**
   * The total of both. Associative and commutative but for roundings in the last of 31 digits, and
   * for the centre, which is the left one's.
   */
  public Total plus(Total that) {
    if (that.count == 0) {
      return this;
    }
    if (count == 0) {
      return that;
    }
    return Math.abs(that.centre - centre) <= SQUARABLE_MAX && !isFar() && !that.isFar()
        ? plusNear(that)
        : plusFar(that);
  }

  /** What is told of it. */
  public Summary summary() {
    if (count == 0) {
      return Summary.EMPTY;
    }
    DoubleDouble shift = deviations().dividedBy((double) count);
    double mean = clamp(DoubleDouble.sum(centre, 0).plus(shift).value(), min, max);
    double m2 =
        isFar()
            ? Double.POSITIVE_INFINITY
            : squaredDeviations().minus(shift.times(deviations())).value();
    return Summary.of(count, mean, m2, min, max, sumAround(mean));
  }

  /** To add values to it. */
  public TotalFold fold() {
    return new TotalFold(this);
  }

  private Total plusNear(Total that) {
    DoubleDouble shift = DoubleDouble.difference(that.centre, centre);
    DoubleDouble shifted = shift.times((double) that.count);
    DoubleDouble sums = deviations().plus(that.deviations().plus(shifted));
    DoubleDouble squares =
        squaredDeviations()
            .plus(that.squaredDeviations())
            .plus(shift.times(that.deviations().times(2).plus(shifted)));
    return merged(that, sums, squares);
  }

  private Total plusFar(Total that) {
    double shift = clamp(that.centre - centre, -DEVIATION_MAX, DEVIATION_MAX);
    double sums = sum + (that.sum + that.count * shift);
    return merged(that, new DoubleDouble(sums, 0), new DoubleDouble(Double.MAX_VALUE, 0));
  }

  private Total merged(Total that, DoubleDouble sums, DoubleDouble squares) {
    return new Total(
        count + that.count,
        centre,
        sums.high(),
        sums.low(),
        squares.high(),
        squares.low(),
        Math.min(min, that.min),
        Math.max(max, that.max));
  }

  private double sumAround(double mean) {
    double rough = mean * count;
    if (Math.abs(rough) > DEVIATION_MAX) {
      return clamp(rough, -Double.MAX_VALUE, Double.MAX_VALUE);
    }
    return DoubleDouble.sum(centre, 0).times((double) count).plus(deviations()).value();
  }

  private DoubleDouble deviations() {
    return DoubleDouble.sum(sum, sumRest);
  }

  private DoubleDouble squaredDeviations() {
    return DoubleDouble.sum(squares, squaresRest);
  }

  /** Whether a deviation was too far from the centre to be squared. */
  public boolean isFar() {
    return squares == Double.MAX_VALUE;
  }

  private static double clamp(double x, double low, double high) {
    return Math.max(low, Math.min(high, x));
  }
}
