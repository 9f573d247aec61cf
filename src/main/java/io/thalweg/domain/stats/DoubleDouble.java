package io.thalweg.domain.stats;

/**
 * A number of about 31 decimal digits: the unevaluated sum of a double and of what it lacks.
 *
 * <p>The algorithms are those of Dekker (1971) and of Hida, Li and Bailey (2001), with {@link
 * Math#fma} for the rest of a product. Operands are finite and so far from the ends of the
 * exponent's range that no result overflows.
 *
 * @param high the number, rounded to a double
 * @param low what {@code high} lacks
 */
record DoubleDouble(double high, double low) {

  /** {@code a + b}, exactly. */
  static DoubleDouble sum(double a, double b) {
    double s = a + b;
    double z = s - a;
    return new DoubleDouble(s, (a - (s - z)) + (b - z));
  }

  /** {@code a − b}, exactly. */
  static DoubleDouble difference(double a, double b) {
    return sum(a, -b);
  }

  DoubleDouble plus(DoubleDouble other) {
    DoubleDouble s = sum(high, other.high);
    return sum(s.high, s.low + (low + other.low));
  }

  DoubleDouble minus(DoubleDouble other) {
    return plus(new DoubleDouble(-other.high, -other.low));
  }

  DoubleDouble times(DoubleDouble other) {
    double p = high * other.high;
    double rest = Math.fma(high, other.high, -p) + (high * other.low + low * other.high);
    return sum(p, rest);
  }

  DoubleDouble times(double factor) {
    double p = high * factor;
    return sum(p, Math.fma(high, factor, -p) + low * factor);
  }

  DoubleDouble dividedBy(double divisor) {
    double q = high / divisor;
    double rest = Math.fma(-q, divisor, high) + low;
    return sum(q, rest / divisor);
  }

  double value() {
    return high + low;
  }
}
