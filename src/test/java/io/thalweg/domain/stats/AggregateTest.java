package io.thalweg.domain.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.sample.Sample;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class AggregateTest {
  private static final long HALF_LIFE = 1_000_000;
  private static final Statistics ENDS = statistics(true, false, false);
  private static final Statistics RATE = statistics(false, true, false);
  private static final Statistics SHAPE = statistics(false, false, true);
  private static final Statistics DECAYED =
      new Statistics(false, false, false, Optional.empty(), OptionalLong.of(HALF_LIFE));
  private static final Statistics MEDIAN =
      new Statistics(
          false,
          false,
          false,
          Optional.of(new Statistics.Quantiles(List.of(0.5), 0.01)),
          OptionalLong.empty());

  @Test
  void whatIsNotAskedForIsNotKept() {
    assertThat(of(Statistics.BASIC, 1, 2, 3).extras()).isSameAs(Extras.NONE);
    assertThat(of(RATE, 1, 2, 3).extras()).isSameAs(Extras.NONE);
    assertThat(Statistics.BASIC.keepsExtras()).isFalse();
  }

  @Test
  void eachThatIsAskedForIsToldAlone() {
    assertThat(details(ENDS))
        .isEqualTo(
            new Details(
                Optional.of(new Sample(0, 1)),
                Optional.of(new Sample(2, 3)),
                Details.NONE.ratePerSecond(),
                Optional.empty(),
                List.of(),
                Optional.empty()));
    assertThat(details(RATE).ratePerSecond()).hasValue(5);
    assertThat(details(RATE).first()).isEmpty();
    assertThat(details(SHAPE).shape()).isPresent();
    assertThat(details(SHAPE).decayed()).isEmpty();
    assertThat(details(DECAYED).decayed()).isPresent();
    assertThat(details(DECAYED).quantiles()).isEmpty();
    assertThat(details(MEDIAN).quantiles()).hasSize(1);
    assertThat(details(MEDIAN).shape()).isEmpty();
  }

  @Test
  void aRateOfSamplesThatSpanNoTimeIsNotTold() {
    Summary told = of(RATE, 1, 2).summary(RATE, Double.NaN);
    assertThat(told.details().ratePerSecond()).isEmpty();
  }

  @Test
  void nothingIsToldOfNoSamples() {
    assertThat(Aggregate.EMPTY.summary(RATE, 5)).isEqualTo(Summary.EMPTY);
  }

  @Test
  void emptyIsNeutral() {
    for (Statistics statistics : List.of(ENDS, RATE, SHAPE, DECAYED, MEDIAN)) {
      Aggregate some = of(statistics, 1, 2, 3);
      assertThat(some.plus(Aggregate.EMPTY, statistics)).isEqualTo(some);
      assertThat(Aggregate.EMPTY.plus(some, statistics)).isEqualTo(some);
    }
  }

  @Test
  void ofEqualTimesTheFirstToArriveIsFirstAndTheLastIsLast() {
    AggregateFold fold = Aggregate.EMPTY.fold(ENDS);
    for (double value : new double[] {1, 2, 3}) {
      fold.add(7, value);
    }
    Details told = fold.summary().details();
    assertThat(told.first()).contains(new Sample(7, 1));
    assertThat(told.last()).contains(new Sample(7, 3));
  }

  @Test
  void deviationsAreTheRootsOfTheVariances() {
    Summary told = of(Statistics.BASIC, 2, 4, 4, 4, 5, 5, 7, 9).summary(Statistics.BASIC, 0);
    assertThat(told.deviation()).isEqualTo(2);
    assertThat(told.sampleDeviation()).isEqualTo(Math.sqrt(32.0 / 7));
  }

  @Test
  void aWildValueThatHasFadedAwayTakesNoDigitsOfTheDecayedMeanAlong() {
    AggregateFold fold = Aggregate.EMPTY.fold(DECAYED);
    fold.add(0, 1e15);
    BigDecimal sum = new BigDecimal(1e15);
    BigDecimal weights = BigDecimal.ONE;
    BigDecimal half = new BigDecimal("0.5");
    for (int i = 1; i <= 120; i++) {
      fold.add(i * HALF_LIFE, 0.1 * i);
      sum = sum.multiply(half).add(new BigDecimal(0.1 * i));
      weights = weights.multiply(half).add(BigDecimal.ONE);
    }
    double exact = sum.divide(weights, MathContext.DECIMAL128).doubleValue();
    assertThat(fold.summary().details().decayed().orElseThrow().mean())
        .isCloseTo(exact, Percentage.withPercentage(1e-11));
  }

  @Test
  void statisticsThatMeanNothingAreRefused() {
    assertRefused(() -> new Statistics.Quantiles(List.of(), 0.01), "1 to 32 quantiles");
    assertRefused(() -> new Statistics.Quantiles(List.of(0.5, 0.5), 0.01), "[0.5, 0.5]");
    assertRefused(() -> new Statistics.Quantiles(List.of(-0.1), 0.01), "[-0.1]");
    assertRefused(() -> new Statistics.Quantiles(List.of(1.1), 0.01), "[1.1]");
    assertRefused(() -> new Statistics.Quantiles(List.of(0.5), 0.0009), "9.0E-4");
    assertRefused(() -> new Statistics.Quantiles(List.of(0.5), 0.11), "0.11");
    assertRefused(
        () -> new Statistics(false, false, false, Optional.empty(), OptionalLong.of(999_999)),
        "at least 1 ms");
  }

  private static void assertRefused(Runnable making, String why) {
    assertThatThrownBy(making::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static Details details(Statistics statistics) {
    return of(statistics, 1, 2, 3).summary(statistics, 5).details();
  }

  /** One a nanosecond. */
  private static Aggregate of(Statistics statistics, double... values) {
    AggregateFold fold = Aggregate.EMPTY.fold(statistics);
    for (int i = 0; i < values.length; i++) {
      fold.add(i, values[i]);
    }
    return fold.aggregate();
  }

  private static Statistics statistics(boolean ends, boolean rate, boolean shape) {
    return new Statistics(ends, rate, shape, Optional.empty(), OptionalLong.empty());
  }
}
