package io.thalweg.cli.output;

import io.thalweg.v1.Summary;
import java.math.BigDecimal;
import java.math.MathContext;

/** Shows numbers to people. */
public final class Numbers {
  private static final MathContext SHOWN = new MathContext(6);
  private static final double PLAIN_MAX = 1e15;
  private static final double PLAIN_MIN = 1e-4;

  private Numbers() {}

  /** Six digits that count; very large and very small ones with an exponent. */
  public static String text(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : String.valueOf(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(SHOWN).stripTrailingZeros();
    double size = Math.abs(value);
    return size < PLAIN_MAX && size >= PLAIN_MIN ? rounded.toPlainString() : rounded.toString();
  }

  /** The standard deviation of the population. */
  public static double deviation(Summary summary) {
    return Math.sqrt(Math.max(0, summary.getVariance()));
  }
}
