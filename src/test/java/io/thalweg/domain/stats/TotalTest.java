package io.thalweg.domain.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class TotalTest {

  @Test
  void nothingIsToldOfNoValues() {
    assertThat(Total.EMPTY.summary()).isEqualTo(Summary.EMPTY);
  }

  @Test
  void oneValueIsItsOwnMean() {
    assertThat(totalOf(-3.5).summary()).isEqualTo(new Summary(1, -3.5, 0, 0, -3.5, -3.5, -3.5));
  }

  /** NIST StRD, NumAcc3: mean 1,000,000.2, sample standard deviation 0.1. */
  @Test
  void nistNumAcc3KeepsItsDigits() {
    TotalFold fold = Total.EMPTY.fold();
    fold.add(1_000_000.2);
    for (int i = 0; i < 500; i++) {
      fold.add(1_000_000.1);
      fold.add(1_000_000.3);
    }
    Summary told = fold.total().summary();
    assertThat(told.mean()).isEqualTo(1_000_000.2);
    assertThat(Math.sqrt(told.sampleVariance())).isCloseTo(0.1, Offset.offset(1e-10));
  }

  /** NIST StRD, NumAcc4: mean 10,000,000.2, sample standard deviation 0.1. */
  @Test
  void nistNumAcc4IsExactForTheValuesAsDoublesHaveThem() {
    double[] values = new double[1001];
    values[0] = 10_000_000.2;
    for (int i = 1; i < values.length; i++) {
      values[i] = i % 2 == 1 ? 10_000_000.1 : 10_000_000.3;
    }
    ExactSummary.of(values).assertMatches(totalOf(values).summary(), 1e-15);
  }

  @Test
  void valuesThatCancelLeaveTheirSmallSum() {
    ExactSummary.of(1e16, 1, -1e16, 1).assertMatches(totalOf(1e16, 1, -1e16, 1).summary(), 1e-15);
    assertThat(totalOf(1e16, 1, -1e16, 1).summary().sum()).isEqualTo(2);
  }

  @Test
  void equalValuesHaveNoVariance() {
    assertThat(totalOf(0.1, 0.1, 0.1, 0.1).summary().variance()).isZero();
  }

  @Test
  void squaresBeyondTheDoublesSaturateTheVariance() {
    Summary told = totalOf(0, 1e200, 2).summary();
    assertThat(told.variance()).isEqualTo(Double.MAX_VALUE);
    assertThat(told.sampleVariance()).isEqualTo(Double.MAX_VALUE);
    assertThat(told.mean()).isEqualTo(1e200 / 3);
  }

  @Test
  void theLargestValuesLeaveEverythingFinite() {
    double max = Double.MAX_VALUE;
    for (Summary told :
        new Summary[] {
          totalOf(max, -max, max, max).summary(),
          totalOf(-max, -max, -max).summary(),
          totalOf(1, max).plus(totalOf(-max, 3)).summary(),
          totalOf(max, 1).plus(totalOf(max)).summary()
        }) {
      assertThat(told.mean()).isFinite();
      assertThat(told.variance()).isFinite().isNotNegative();
      assertThat(told.sampleVariance()).isFinite().isNotNegative();
      assertThat(told.sum()).isFinite();
    }
    assertThat(totalOf(-max, -max).summary().sum()).isEqualTo(-max);
  }

  @Test
  void totalsTooFarApartToBeSquaredKeepMeanAndSum() {
    Total near = totalOf(2e150, 4e150);
    Total far = totalOf(-1e150, 1e150, 9e150);
    for (Total both : new Total[] {near.plus(far), far.plus(near)}) {
      assertThat(both.summary().mean()).isCloseTo(3e150, Percentage.withPercentage(1e-13));
      assertThat(both.summary().sum()).isCloseTo(15e150, Percentage.withPercentage(1e-13));
      assertThat(both.summary().min()).isEqualTo(-1e150);
      assertThat(both.summary().max()).isEqualTo(9e150);
    }
    Summary opposite = totalOf(1e150).plus(totalOf(-1e150)).summary();
    assertThat(opposite.variance()).isEqualTo(Double.MAX_VALUE);
    assertThat(opposite.mean()).isZero();
  }

  static Total totalOf(double... values) {
    TotalFold fold = Total.EMPTY.fold();
    for (double x : values) {
      fold.add(x);
    }
    return fold.total();
  }
}
