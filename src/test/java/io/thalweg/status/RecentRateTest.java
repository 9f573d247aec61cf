package io.thalweg.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecentRateTest {
  private final RecentRate rate = new RecentRate();

  @Test
  void withoutAReadingNothingIsKnown() {
    assertThat(rate.perSecond(seconds(5), 100)).isZero();
  }

  @Test
  void atTheReadingItselfNothingIsKnown() {
    rate.read(seconds(5), 100);
    assertThat(rate.perSecond(seconds(5), 100)).isZero();
  }

  @Test
  void atFirstItCountsFromTheStart() {
    rate.read(seconds(0), 0);
    rate.read(seconds(1), 300);
    assertThat(rate.perSecond(seconds(2), 500)).isEqualTo(250);
  }

  @Test
  void whatIsOlderThanTenSecondsDoesNotCount() {
    for (int second = 0; second <= 20; second++) {
      rate.read(seconds(second), second < 10 ? 1_000_000 : 1_000_000 + (second - 10) * 7);
    }
    assertThat(rate.perSecond(seconds(20), 1_000_070)).isEqualTo(7);
  }

  @Test
  void aTotalThatStandsStillHasNoRate() {
    for (int second = 0; second <= 30; second++) {
      rate.read(seconds(second), 5);
    }
    assertThat(rate.perSecond(seconds(31), 5)).isZero();
  }

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
