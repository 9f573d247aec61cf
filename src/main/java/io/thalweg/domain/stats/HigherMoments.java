package io.thalweg.domain.stats;

/**
 * Central moments up to the fourth, which merge (Pébay, "Formulas for robust, one-pass parallel
 * computation of covariances and arbitrary-order statistical moments", 2008). The mean is kept as a
 * deviation from one of the values, so that the distance of two means keeps its digits however far
 * from 0 they lie.
 *
 * <p>Deviations whose fourth powers overflow leave the shape undefined; it is told as 0.
 *
 * @param count how many values; at least 1
 * @param centre one of the values
 * @param mean minus the centre
 * @param m2 sum of the squared deviations from the mean
 * @param m3 sum of their third powers
 * @param m4 sum of their fourth powers
 */
public record HigherMoments(
    long count, double centre, double mean, double m2, double m3, double m4) {

  static HigherMoments of(double value) {
    return new HigherMoments(1, value, 0, 0, 0, 0);
  }

  HigherMoments plus(HigherMoments that) {
    double a = count;
    double b = that.count;
    double n = a + b;
    double delta = (that.centre - centre) + (that.mean - mean);
    double step = delta / n;
    double square = delta * step * a * b;
    double third = m3 + that.m3 + square * step * (a - b) + 3 * step * (a * that.m2 - b * m2);
    double fourth =
        m4
            + that.m4
            + square * step * step * (a * a - a * b + b * b)
            + 6 * step * step * (a * a * that.m2 + b * b * m2)
            + 4 * step * (a * that.m3 - b * m3);
    return new HigherMoments(
        count + that.count, centre, mean + step * b, m2 + that.m2 + square, third, fourth);
  }

  Details.Shape shape() {
    double variance = m2 / count;
    double skewness = m3 / count / (variance * Math.sqrt(variance));
    double kurtosis = m4 / count / (variance * variance) - 3;
    return Double.isFinite(skewness) && Double.isFinite(kurtosis)
        ? new Details.Shape(skewness, kurtosis)
        : new Details.Shape(0, 0);
  }
}
