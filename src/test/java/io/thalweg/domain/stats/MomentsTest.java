package io.thalweg.domain.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MomentsTest {

  @Test
  void momentsOfNothingTellNothingAndAreNeutral() {
    Moments some = momentsOf(10, 9, 12);
    assertThat(Moments.around(10).summary()).isEqualTo(Summary.EMPTY);
    assertThat(Moments.around(10).plus(some)).isEqualTo(some);
    assertThat(some.plus(Moments.around(10))).isEqualTo(some);
  }

  @Test
  void mergingIsAssociativeAndCommutativeWhereSumsAreExact() {
    Moments a = momentsOf(10, 9, 12);
    Moments b = momentsOf(10, 10, 25);
    Moments c = momentsOf(10, -4);
    assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
    assertThat(a.plus(b)).isEqualTo(b.plus(a));
  }

  @Test
  void aMergeTellsOfAllValues() {
    ExactSummary.of(9, 12, 10, 25)
        .assertMatches(momentsOf(10, 9, 12).plus(momentsOf(10, 10, 25)).summary(), 1e-15);
  }

  @Test
  void momentsAroundDifferentCentresDoNotMerge() {
    assertThatThrownBy(() -> momentsOf(1, 2).plus(momentsOf(2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.0 and 2.0");
  }

  @Test
  void theLargestValuesLeaveEverythingFinite() {
    double max = Double.MAX_VALUE;
    Summary told = momentsOf(max, max, -max, 0, max).summary();
    assertThat(told.mean()).isFinite();
    assertThat(told.sum()).isFinite();
    assertThat(told.variance()).isEqualTo(max);
    assertThat(told.sampleVariance()).isEqualTo(max);
  }

  private static Moments momentsOf(double centre, double... values) {
    Moments all = Moments.around(centre);
    for (double x : values) {
      double d = Moments.deviation(x, centre);
      all = all.plus(new Moments(1, centre, d, d * d, x, x));
    }
    return all;
  }
}
