package io.thalweg.domain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.stats.ExactSummary;
import io.thalweg.domain.stats.Summary;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SlidingCountWindowTest {

  @Test
  void anEmptyWindowIsNotTold() {
    assertThat(Setups.counting(3).windows()).isEmpty();
  }

  @Test
  void itHoldsTheNewestSamplesAndTheirTimes() {
    Windows window = appended(Setups.counting(2), 5, 7, 9);
    assertThat(window.windows())
        .containsExactly(new Window("w", 7, 9, false, 0, new Summary(2, 8, 1, 2, 7, 9, 16)));
  }

  @Test
  void aWindowOfOneHoldsTheNewestSampleExactly() {
    Windows window = Setups.counting(1);
    for (double x : new double[] {1e15, 0.1, -7, 1e-9}) {
      window = appended(window, x);
      ExactSummary.of(x).assertMatches(told(window), 0);
    }
  }

  @Test
  void aSpikeThatHasLeftLeavesNoTrace() {
    Random noise = new Random(1);
    double[] values = noise.doubles(300, 99, 101).toArray();
    values[120] = 1e15;
    Windows window = appended(Setups.counting(100), values);
    double[] left = Arrays.copyOfRange(values, 200, 300);
    ExactSummary.of(left).assertMatches(told(window), 1e-13);
  }

  @Test
  void aJumpInLevelCostsNoDigitsOnceTheOldLevelHasLeft() {
    Random noise = new Random(2);
    for (int at = 100; at < 200; at++) {
      double[] values = noise.doubles(400).toArray();
      Arrays.setAll(values, i -> values[i] + (i < 150 ? 1e12 : 0));
      int end = 150 + at;
      Windows window = appended(Setups.counting(100), Arrays.copyOf(values, end));
      ExactSummary.of(Arrays.copyOfRange(values, end - 100, end))
          .assertMatches(told(window), 1e-13);
    }
  }

  @Test
  void anOldVersionStaysWhatItIsWhenItsSuccessorsGoOn() {
    Windows old = appended(Setups.counting(4), 1, 2, 3);
    Window before = old.windows().getFirst();
    WindowSnapshot snapshot = old.snapshot();
    Windows next = old;
    for (int i = 0; i < 50; i++) {
      next = appended(next, 100 + i);
    }
    assertThat(old.windows()).containsExactly(before);
    assertThat(old.snapshot()).isEqualTo(snapshot);
  }

  @Test
  void twoSuccessorsOfOneVersionDoNotDisturbEachOther() {
    Windows root = appended(Setups.counting(4), 1, 2, 3, 4, 5);
    Windows left = appended(root, 10, 11);
    Windows right = appended(root, 20, 21);
    Windows leftOn = appended(left, 12);
    Windows rightOn = appended(right, 22);
    ExactSummary.of(4, 5, 10, 11).assertMatches(told(left), 1e-15);
    ExactSummary.of(4, 5, 20, 21).assertMatches(told(right), 1e-15);
    ExactSummary.of(5, 10, 11, 12).assertMatches(told(leftOn), 1e-15);
    ExactSummary.of(5, 20, 21, 22).assertMatches(told(rightOn), 1e-15);
    ExactSummary.of(2, 3, 4, 5).assertMatches(told(root), 1e-15);
  }

  @Test
  void aFoldThatIsGivenUpLeavesItsVersionWhole() {
    Windows root = appended(Setups.counting(4), 1, 2, 3, 4, 5);
    WindowFold givenUp = root.fold(Deaf.INSTANCE);
    for (int i = 0; i < 20; i++) {
      givenUp.add(i, -1);
    }
    ExactSummary.of(3, 4, 5, 6).assertMatches(told(appended(root, 6)), 1e-15);
  }

  @Test
  void aFewSamplesInALargeWindowTakeFewSlots() {
    SlidingCountWindow window = (SlidingCountWindow) appended(Setups.counting(1_000_000), 1, 2, 3);
    assertThat(window.buffer.values).hasSizeLessThan(20);
  }

  @Test
  void aSnapshotOfAnotherSizeIsRefused() {
    WindowSnapshot snapshot = appended(Setups.counting(4), 1, 2, 3, 4).snapshot();
    WindowDefinition smaller = new WindowDefinition.SlidingCount(3);
    assertThatThrownBy(() -> Windows.restore(Setups.of(smaller), snapshot))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a window of 3");
  }

  @Test
  void aSnapshotOfAnotherKindIsRefused() {
    WindowSnapshot snapshot = Setups.counting(4).snapshot();
    WindowDefinition other = new WindowDefinition.Hopping(1_000_000, 1_000_000, 0);
    assertThatThrownBy(() -> Windows.restore(Setups.of(other), snapshot))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Each value's time is the value. */
  private static Windows appended(Windows window, double... values) {
    WindowFold fold = window.fold(Deaf.INSTANCE);
    for (double x : values) {
      fold.add((long) x, x);
    }
    return fold.freeze();
  }

  private static Summary told(Windows window) {
    return window.windows().getFirst().summary();
  }
}
