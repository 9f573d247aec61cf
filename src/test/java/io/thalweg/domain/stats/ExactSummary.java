package io.thalweg.domain.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;

/** The oracle: recomputes everything from the values, to 60 digits. */
public record ExactSummary(List<Double> values) {
  private static final MathContext DIGITS = new MathContext(60);

  public static ExactSummary of(double... values) {
    return new ExactSummary(Arrays.stream(values).boxed().toList());
  }

  /** Checks mean and variance to a relative error, and what must be exact exactly. */
  public void assertMatches(Summary told, double relativeError) {
    int n = values.size();
    assertThat(told.count()).isEqualTo(n);
    assertThat(told.min()).isEqualTo(values.stream().mapToDouble(x -> x).min().orElse(0));
    assertThat(told.max()).isEqualTo(values.stream().mapToDouble(x -> x).max().orElse(0));
    if (n == 0) {
      assertThat(told).isEqualTo(Summary.EMPTY);
      return;
    }
    BigDecimal m2 = squaredDeviations();
    double deviation = Math.sqrt(m2.doubleValue() / n);
    double scale = Math.abs(mean().doubleValue()) + deviation;
    assertNear(told.mean(), mean(), relativeError * scale);
    assertNear(told.sum(), sum(), relativeError * scale * n);
    assertRelative(told.variance(), over(m2, n), relativeError);
    assertRelative(told.sampleVariance(), n < 2 ? BigDecimal.ZERO : over(m2, n - 1), relativeError);
  }

  /** The population's variance. */
  public static double variance(double... values) {
    return over(of(values).squaredDeviations(), values.length).doubleValue();
  }

  private BigDecimal sum() {
    return values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private BigDecimal mean() {
    return over(sum(), values.size());
  }

  private BigDecimal squaredDeviations() {
    BigDecimal mean = mean();
    return values.stream()
        .map(x -> new BigDecimal(x).subtract(mean).pow(2, DIGITS))
        .reduce(BigDecimal.ZERO, (a, b) -> a.add(b, DIGITS));
  }

  private static BigDecimal over(BigDecimal x, int n) {
    return x.divide(BigDecimal.valueOf(n), DIGITS);
  }

  private static void assertRelative(double told, BigDecimal exact, double error) {
    assertNear(told, exact, Math.abs(exact.doubleValue()) * error);
  }

  /** Below the offset's floor is what 60 digits leave of a zero. */
  private static void assertNear(double told, BigDecimal exact, double offset) {
    assertThat(told).isCloseTo(exact.doubleValue(), Offset.offset(Math.max(offset, 1e-100)));
  }
}
