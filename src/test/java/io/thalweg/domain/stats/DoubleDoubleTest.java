package io.thalweg.domain.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.Randomized;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Beside decimal arithmetic of 60 digits. */
final class DoubleDoubleTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal ERROR_MAX = new BigDecimal("1e-30");

  @Test
  void theRestOfASumIsExact() {
    Randomized.rounds(
        100,
        random -> {
          double a = any(random).high();
          double b = any(random).high();
          assertThat(decimal(DoubleDouble.sum(a, b)))
              .isEqualByComparingTo(new BigDecimal(a).add(new BigDecimal(b)));
          assertThat(decimal(DoubleDouble.difference(a, b)))
              .isEqualByComparingTo(new BigDecimal(a).subtract(new BigDecimal(b)));
        });
  }

  @Test
  void arithmeticKeeps30Digits() {
    Randomized.rounds(
        500,
        random -> {
          DoubleDouble a = any(random);
          DoubleDouble b = any(random);
          double x = random.nextGaussian();
          BigDecimal exactX = new BigDecimal(x);
          assertNear(a.times(b), decimal(a).multiply(decimal(b)));
          assertNear(a.times(x), decimal(a).multiply(exactX));
          assertNear(a.dividedBy(x), decimal(a).divide(exactX, DIGITS));
          assertNear(positive(a).plus(positive(b)), decimal(positive(a)).add(decimal(positive(b))));
          assertNear(
              positive(a).minus(negative(b)), decimal(positive(a)).subtract(decimal(negative(b))));
        });
  }

  @Test
  void theValueIsTheNearestDouble() {
    assertThat(new DoubleDouble(1e16, 3).value()).isEqualTo(1.0000000000000004e16);
    assertThat(new DoubleDouble(1e16, -3).value()).isEqualTo(9.999999999999996e15);
  }

  private static void assertNear(DoubleDouble told, BigDecimal exact) {
    BigDecimal error = decimal(told).subtract(exact).abs();
    assertThat(error).isLessThanOrEqualTo(exact.abs().multiply(ERROR_MAX));
  }

  private static BigDecimal decimal(DoubleDouble x) {
    return new BigDecimal(x.high()).add(new BigDecimal(x.low()));
  }

  private static DoubleDouble any(RandomGenerator random) {
    double high = random.nextGaussian() * Math.pow(10, random.nextInt(-6, 6));
    return DoubleDouble.sum(high, high * 1e-16 * random.nextDouble(-0.5, 0.5));
  }

  private static DoubleDouble positive(DoubleDouble x) {
    return x.high() < 0 ? new DoubleDouble(-x.high(), -x.low()) : x;
  }

  private static DoubleDouble negative(DoubleDouble x) {
    return x.high() < 0 ? x : new DoubleDouble(-x.high(), -x.low());
  }
}
