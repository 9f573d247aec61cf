package io.thalweg.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How time is cut, also before 1970 and at its ends. */
final class SlicingTest {
  private static final long MS = 1_000_000;
  private final Slicing three = Slicing.of(new WindowDefinition.Hopping(30 * MS, 10 * MS, 4 * MS));

  @Test
  void aSliceHoldsItsStartAndNotItsEnd() {
    assertThat(three.numberOf(4 * MS)).isZero();
    assertThat(three.numberOf(14 * MS - 1)).isZero();
    assertThat(three.numberOf(14 * MS)).isEqualTo(1);
    assertThat(three.numberOf(4 * MS - 1)).isEqualTo(-1);
    assertThat(three.startOf(2)).isEqualTo(24 * MS);
    assertThat(three.startOf(-1)).isEqualTo(-6 * MS);
  }

  @Test
  void aWindowIsOpenUntilTheWatermarkReachesItsEnd() {
    assertThat(three.endOf(0)).isEqualTo(34 * MS);
    assertThat(three.firstOpen(34 * MS - 1)).isZero();
    assertThat(three.firstOpen(34 * MS)).isEqualTo(1);
    assertThat(three.sizeSeconds()).isEqualTo(0.03);
  }

  @Test
  void everyTimeHasASliceThatHoldsIt() {
    for (long time : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, Long.MAX_VALUE}) {
      long number = three.numberOf(time);
      assertThat(three.startOf(number)).isLessThanOrEqualTo(time);
      assertThat(three.startOf(number + 1)).isGreaterThanOrEqualTo(time);
    }
  }

  @Test
  void whatWouldStartBeyondTheEndsOfTimeStartsThere() {
    assertThat(three.startOf(Long.MAX_VALUE / MS)).isEqualTo(Long.MAX_VALUE);
    assertThat(three.startOf(Long.MIN_VALUE / MS)).isEqualTo(Long.MIN_VALUE);
    Slicing later = Slicing.of(new WindowDefinition.Tumbling(10 * MS, 5 * MS));
    assertThat(later.startOf(Long.MAX_VALUE / (10 * MS))).isEqualTo(Long.MAX_VALUE);
    assertThat(three.endOf(three.numberOf(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void beforeTheFirstSampleEveryWindowIsOpen() {
    assertThat(three.firstOpen(Long.MIN_VALUE)).isLessThan(three.numberOf(Long.MIN_VALUE));
    assertThat(three.startOf(three.firstOpen(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
  }
}
