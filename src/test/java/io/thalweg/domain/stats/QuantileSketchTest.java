package io.thalweg.domain.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class QuantileSketchTest {
  private static final List<Double> RANKS = List.of(0.0, 0.5, 1.0);

  @Test
  void quantilesHaveTheRelativeErrorThatWasAskedFor() {
    QuantileSketch sketch = sketchOf(0.02, 1, 10, 100, 1_000, 10_000);
    assertThat(told(sketch).get(0)).isCloseTo(1, Percentage.withPercentage(2));
    assertThat(told(sketch).get(1)).isCloseTo(100, Percentage.withPercentage(2));
    assertThat(told(sketch).get(2)).isCloseTo(10_000, Percentage.withPercentage(2));
  }

  @Test
  void whatWasStoredGoesOnAsIfItHadNotBeen() {
    QuantileSketch sketch = sketchOf(0.01, -3, 0, 7, 7, 1e9);
    QuantileSketch restored = QuantileSketch.of(sketch.bytes());
    assertThat(restored).isEqualTo(sketch).hasSameHashCodeAs(sketch);
    assertThat(told(restored)).isEqualTo(told(sketch));

    sketch.add(12);
    restored.add(12);
    assertThat(restored.bytes()).isEqualTo(sketch.bytes());
  }

  @Test
  void aMergeIsTheSketchOfAllValuesInWhateverOrder() {
    QuantileSketch a = sketchOf(0.01, 1, 2, 3);
    QuantileSketch b = sketchOf(0.01, -5, 2e6);
    QuantileSketch c = sketchOf(0.01, 0);
    QuantileSketch all = sketchOf(0.01, 1, 2, 3, -5, 2e6, 0);
    assertThat(a.plus(b).plus(c)).isEqualTo(all);
    assertThat(c.plus(b.plus(a))).isEqualTo(all);
    assertThat(a).isEqualTo(sketchOf(0.01, 1, 2, 3));
  }

  @Test
  void aCopyIsOnesOwn() {
    QuantileSketch sketch = sketchOf(0.01, 1, 2);
    sketch.copy().add(3);
    assertThat(sketch).isEqualTo(sketchOf(0.01, 1, 2));
    assertThat(sketch.copy()).isEqualTo(sketch);
  }

  @Test
  void sketchesOfOtherValuesOrErrorsDiffer() {
    QuantileSketch sketch = sketchOf(0.01, 1, 2);
    assertThat(sketch).isNotEqualTo(sketchOf(0.01, 1, 3)).isNotEqualTo("a sketch");
    assertThat(sketch).isNotEqualTo(sketchOf(0.02, 1, 2));
  }

  @Test
  void theLargestValuesHaveABin() {
    List<Double> told = told(sketchOf(0.01, -Double.MAX_VALUE, 0, Double.MAX_VALUE));
    assertThat(told.get(0)).isFinite().isNegative();
    assertThat(told.get(2)).isFinite().isPositive();
  }

  @Test
  void bytesOfAnotherFormatAreRefused() {
    byte[] bytes = sketchOf(0.01, 1, 2).bytes();
    bytes[0] = 2;
    assertThatThrownBy(() -> QuantileSketch.of(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("format 1");
    assertThatThrownBy(() -> QuantileSketch.of(new byte[] {1, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 bytes");
  }

  private static QuantileSketch sketchOf(double relativeError, double... values) {
    QuantileSketch sketch = QuantileSketch.empty(relativeError);
    for (double value : values) {
      sketch.add(value);
    }
    return sketch;
  }

  private static List<Double> told(QuantileSketch sketch) {
    return sketch.quantiles(RANKS).stream().map(Details.Quantile::value).toList();
  }
}
