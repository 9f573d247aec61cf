package io.thalweg.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.Randomized;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The digits of a sliding variance at every slide before something wild and at every one after it
 * has left the window, beside two methods that subtract what leaves. It prints the table of the
 * page on numbers.
 */
final class SpikeTest {
  private static final int SIZE = 1_000;
  private static final int SAMPLES = 1_000_000;
  private static final int EVENT = SAMPLES / 2;

  @BeforeAll
  static void printHead() {
    System.out.println("| Samples | Method | Before: median | worst | After: median | worst |");
    System.out.println("|---|---|---|---|---|---|");
  }

  @Test
  void aSpikeThatHasLeftCostsNoDigits() {
    double[] values = noise(1e9, 1e9);
    values[EVENT] = 1e15;
    check("1e9 + N(0, 1), one of 1e15", values, EVENT + 1);
  }

  @Test
  void aShiftOfTheLevelCostsNoDigitsOnceTheWindowHasTurnedOver() {
    check("N(0, 1), then 1e9 + N(0, 1)", noise(0, 1e9), EVENT);
  }

  private static double[] noise(double before, double after) {
    RandomGenerator random = Randomized.seeded(7);
    double[] values = new double[SAMPLES];
    Arrays.setAll(values, i -> (i < EVENT ? before : after) + random.nextGaussian());
    return values;
  }

  /**
   * @param calm from this sample on all are of the new level
   */
  private static void check(String what, double[] values, int calm) {
    WindowFold ours = Setups.counting(SIZE).fold(Deaf.INSTANCE);
    Subtracting others = new Subtracting(values);
    Exact exact = new Exact(values);
    Digits naive = new Digits();
    Digits welford = new Digits();
    Digits stacks = new Digits();
    for (int i = 0; i < SAMPLES; i++) {
      ours.add(i, values[i]);
      others.slideTo(i);
      exact.slideTo(i);
      boolean isBefore = i >= SIZE - 1 && i < EVENT;
      if (isBefore || i >= calm + SIZE - 1) {
        double variance = exact.variance();
        naive.add(isBefore, others.naive(), variance);
        welford.add(isBefore, others.welford(), variance);
        stacks.add(isBefore, ours.before().variance(), variance);
      }
    }
    naive.print(what, "naive sums");
    welford.print(what, "subtracting Welford");
    stacks.print(what, "two stacks, centred");
    assertGood(stacks.before, EVENT - SIZE + 1);
    assertGood(stacks.after, SAMPLES - calm - SIZE + 1);
  }

  private static void assertGood(List<Double> digits, int slides) {
    assertThat(digits).hasSize(slides);
    assertThat(Digits.median(digits)).isGreaterThanOrEqualTo(14);
    assertThat(Digits.worst(digits)).isGreaterThanOrEqualTo(13);
  }

  /** How many digits of each slide's variance are right: from 0 to 16, which a double has. */
  private static final class Digits {
    final List<Double> before = new ArrayList<>(EVENT);
    final List<Double> after = new ArrayList<>(EVENT);

    void add(boolean isBefore, double told, double exact) {
      double error = Math.abs(told - exact) / exact;
      double digits = error == 0 ? 16 : Math.max(0, Math.min(16, -Math.log10(error)));
      (isBefore ? before : after).add(digits);
    }

    void print(String what, String method) {
      System.out.printf(
          "| %s | %s | %.1f | %.1f | %.1f | %.1f |%n",
          what, method, median(before), worst(before), median(after), worst(after));
    }

    static double median(List<Double> digits) {
      return digits.stream().sorted().skip(digits.size() / 2).findFirst().orElseThrow();
    }

    static double worst(List<Double> digits) {
      return digits.stream().min(Double::compare).orElseThrow();
    }
  }

  /**
   * Whole numbers: each value times 2^{@value #SCALE}, so that sums of them and of their squares
   * can be added to and subtracted from without a rounding.
   */
  private static final class Exact {
    private static final int SCALE = 100;

    private final BigInteger[] scaled;
    private BigInteger sum = BigInteger.ZERO;
    private BigInteger squares = BigInteger.ZERO;
    private int count;

    Exact(double[] values) {
      BigDecimal scale = new BigDecimal(BigInteger.TWO.pow(SCALE));
      scaled =
          Arrays.stream(values)
              .mapToObj(x -> new BigDecimal(x).multiply(scale).toBigIntegerExact())
              .toArray(BigInteger[]::new);
    }

    void slideTo(int i) {
      if (i >= SIZE) {
        BigInteger gone = scaled[i - SIZE];
        sum = sum.subtract(gone);
        squares = squares.subtract(gone.multiply(gone));
        count--;
      }
      sum = sum.add(scaled[i]);
      squares = squares.add(scaled[i].multiply(scaled[i]));
      count++;
    }

    double variance() {
      BigInteger n = BigInteger.valueOf(count);
      double scaledUp = n.multiply(squares).subtract(sum.multiply(sum)).doubleValue();
      return Math.scalb(scaledUp, -2 * SCALE) / ((double) count * count);
    }
  }

  /** Takes out what leaves, in doubles. */
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
