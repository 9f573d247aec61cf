package io.thalweg.domain.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchTest {
  private static final Series TWO = new Series("a", new long[] {1, 2}, new double[] {1, 2});
  private static final Series THREE = new Series("b", new long[] {1, 2, 3}, new double[] {1, 2, 3});

  @Test
  void aBatchIsAsLargeAsAllItsSeries() {
    assertThat(new Batch("s", "p", 1, List.of(TWO, THREE)).size()).isEqualTo(5);
    assertThat(new Batch("s", "p", 2, List.of()).size()).isZero();
  }

  @Test
  void aSeriesHasAsManyTimesAsValues() {
    assertThatThrownBy(() -> new Series("k", new long[] {1}, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 and 2");
  }

  @Test
  void aSamplesValueIsFinite() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1 / 0.0}) {
      assertThatThrownBy(() -> new Sample(1, value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(value));
    }
  }
}
