package io.thalweg.domain.stats;

import static io.thalweg.domain.stats.TotalTest.totalOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.Randomized;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TotalPropertyTest {

  @Test
  void totalAgreesWithExactArithmetic() {
    Randomized.rounds(
        200,
        random -> {
          double[] values = hardValues(random, random.nextInt(1, 400));
          ExactSummary.of(values).assertMatches(totalOf(values).summary(), 1e-14);
        });
  }

  @Test
  void aMergeTellsWhatOneTotalOfAllValuesTells() {
    Randomized.rounds(
        200,
        random -> {
          double[] values = hardValues(random, random.nextInt(1, 200));
          int a = random.nextInt(values.length);
          int b = random.nextInt(a, values.length);
          Total first = totalOf(Arrays.copyOfRange(values, 0, a));
          Total second = totalOf(Arrays.copyOfRange(values, a, b));
          Total third = totalOf(Arrays.copyOfRange(values, b, values.length));
          ExactSummary exact = ExactSummary.of(values);
          exact.assertMatches(first.plus(second).plus(third).summary(), 1e-14);
          exact.assertMatches(first.plus(second.plus(third)).summary(), 1e-14);
          exact.assertMatches(third.plus(first).plus(second).summary(), 1e-14);
        });
  }

  @Test
  void foldingGoesOnFromATotalBitForBit() {
    Randomized.rounds(
        100,
        random -> {
          double[] values = hardValues(random, 100);
          TotalFold throughout = Total.EMPTY.fold();
          Total stepwise = Total.EMPTY;
          for (double x : values) {
            throughout.add(x);
            TotalFold step = stepwise.fold();
            step.add(x);
            stepwise = step.total();
          }
          assertThat(stepwise).isEqualTo(throughout.total());
        });
  }

  @Test
  void emptyIsNeutral() {
    Randomized.rounds(
        20,
        random -> {
          Total total = totalOf(hardValues(random, 10));
          assertThat(total.plus(Total.EMPTY)).isEqualTo(total);
          assertThat(Total.EMPTY.plus(total)).isEqualTo(total);
        });
  }

  /** Noise around a far level, and now and then a value from anywhere. */
  static double[] hardValues(RandomGenerator random, int n) {
    double level = (random.nextBoolean() ? 1 : -1) * Math.pow(10, random.nextInt(-3, 10));
    double noise = Math.pow(10, random.nextInt(-3, 3));
    double wildRate = random.nextBoolean() ? 0 : 0.02;
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          random.nextDouble() < wildRate
              ? random.nextGaussian() * 1e12
              : level + noise * random.nextGaussian();
    }
    return values;
  }
}
