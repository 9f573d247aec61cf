package io.thalweg.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.Randomized;
import io.thalweg.domain.stats.ExactSummary;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * The digits of a sliding variance before a spike and after it has left, and after a shift of the
 * level, beside two methods that subtract what leaves.
 */
final class SpikeTest {
  private static final int SIZE = 1_000;
  private static final int SAMPLES = 1_000_000;
  private static final int EVENT = SAMPLES / 2;

  @Test
  void aSpikeThatHasLeftCostsNoDigits() {
    double[] values = noise(1e9, 1e9);
    values[EVENT] = 1e15;
    check("spike of 1e15", values);
  }

  @Test
  void aShiftOfTheLevelCostsNoDigitsOnceTheWindowHasTurnedOver() {
    check("shift from 0 to 1e9", noise(0, 1e9));
  }

  private static double[] noise(double before, double after) {
    RandomGenerator random = Randomized.seeded(7);
    double[] values = new double[SAMPLES];
    Arrays.setAll(values, i -> (i < EVENT ? before : after) + random.nextGaussian());
    return values;
  }

  private static void check(String what, double[] values) {
    WindowFold ours = Setups.counting(SIZE).fold(Deaf.INSTANCE);
    Subtracting others = new Subtracting(values);
    double[][] digits = new double[3][SAMPLES];
    int slides = 0;
    for (int i = 0; i < SAMPLES; i++) {
      ours.add(i, values[i]);
      others.slideTo(i);
      boolean turnedOver = i < EVENT ? i >= SIZE - 1 : i >= EVENT + SIZE;
      if (turnedOver && i % 50 == 0) {
        double exact = ExactSummary.variance(Arrays.copyOfRange(values, i - SIZE + 1, i + 1));
        digits[0][slides] = digits(others.naive(), exact);
        digits[1][slides] = digits(others.welford(), exact);
        digits[2][slides++] = digits(ours.before().variance(), exact);
      }
    }
    String[] names = {"naive sums", "subtracting Welford", "two stacks, centred"};
    for (int m = 0; m < names.length; m++) {
      digits[m] = Arrays.copyOf(digits[m], slides);
      Arrays.sort(digits[m]);
      System.out.printf(
          "%-20s %-20s median %5.2f  worst %5.2f digits%n",
          what, names[m], digits[m][slides / 2], digits[m][0]);
    }
    assertThat(digits[2][slides / 2]).isGreaterThanOrEqualTo(14);
    assertThat(digits[2][0]).isGreaterThanOrEqualTo(13);
  }

  private static double digits(double told, double exact) {
    double error = Math.abs(told - exact) / exact;
    return error == 0 ? 16 : Math.max(0, Math.min(16, -Math.log10(error)));
  }

  /** Takes out what leaves. */
  private static final class Subtracting {
    private final double[] values;
    private double sum;
    private double squares;
    private double mean;
    private double m2;
    private int count;

    Subtracting(double[] values) {
      this.values = values;
    }

    void slideTo(int i) {
      if (i >= SIZE) {
        remove(values[i - SIZE]);
      }
      double x = values[i];
      sum += x;
      squares += x * x;
      count++;
      double d = x - mean;
      mean += d / count;
      m2 += d * (x - mean);
    }

    private void remove(double x) {
      sum -= x;
      squares -= x * x;
      count--;
      double d = x - mean;
      mean -= d / count;
      m2 -= d * (x - mean);
    }

    double naive() {
      return squares / count - sum / count * (sum / count);
    }

    double welford() {
      return m2 / count;
    }
  }
}
