package io.thalweg.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Long streams, huge values and versions with several successors, of each kind of window. */
final class WindowLimitsTest {
  private static final long MS = 1_000_000;

  static List<WindowDefinition> definitions() {
    return List.of(
        new WindowDefinition.Tumbling(8 * MS, 0),
        new WindowDefinition.Hopping(8 * MS, MS, 0),
        new WindowDefinition.Session(2 * MS),
        new WindowDefinition.TumblingCount(7),
        new WindowDefinition.SlidingCount(8),
        new WindowDefinition.Total());
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void anyVersionMayHaveTwoSuccessorsThatDoNotDisturbEachOther(WindowDefinition definition) {
    WindowSetup setup = Setups.of(definition);
    Windows root = Windows.empty(setup);
    for (int length = 0; length < 80; length++) {
      Windows apart = Windows.restore(setup, root.snapshot());
      Windows left = followed(root, length, 20, 1);
      Windows right = followed(root, length, 20, 1_000);
      assertSame(right, followed(apart, length, 20, 1_000));
      assertSame(
          followed(left, length + 20, 20, 1),
          followed(Windows.restore(setup, left.snapshot()), length + 20, 20, 1));
      assertSame(root, apart);
      root = followed(root, length, 1, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void valuesThatCannotBeSquaredLeaveTheMeanRight(WindowDefinition definition) {
    double[] values = {3, 1e200, -1e200, 4e200, 5, -1e200, 2e200};
    Heard heard = new Heard();
    WindowFold fold = Windows.empty(Setups.of(definition)).fold(heard);
    for (int i = 0; i < values.length; i++) {
      fold.open(i * MS);
      fold.add(i * MS, values[i]);
      fold.advance(i * MS);
    }
    fold.closeAll();
    assertThat(Stream.concat(heard.closed.stream(), fold.freeze().windows().stream()))
        .extracting(Window::summary)
        .filteredOn(told -> told.count() == values.length)
        .isNotEmpty()
        .allSatisfy(
            told -> {
              assertThat(told.mean()).isCloseTo(5e200 / 7, Percentage.withPercentage(1e-12));
              assertThat(told.sum()).isCloseTo(5e200, Percentage.withPercentage(1e-12));
              assertThat(told.variance()).isEqualTo(Double.MAX_VALUE);
              assertThat(told.min()).isEqualTo(-1e200);
              assertThat(told.max()).isEqualTo(4e200);
            });
  }

  @Test
  void aLongStreamTakesNoMoreThanItsOpenWindowsAndThoseThatMayChange() {
    WindowDefinition definition = new WindowDefinition.Hopping(10 * MS, MS, 0);
    HoppingWindows windows =
        (HoppingWindows)
            Windows.empty(
                new WindowSetup("w", definition, Setups.of(definition).statistics(), 5 * MS));
    for (int i = 0; i < 2_000; i++) {
      WindowFold fold = windows.fold(Deaf.INSTANCE);
      for (long time : new long[] {i * MS, Math.max(0, i - 13) * MS}) {
        if (fold.open(time)) {
          fold.add(time, i);
        }
      }
      fold.advance(i * MS);
      windows = (HoppingWindows) fold.freeze();
      assertThat(windows.snapshot().slices()).hasSizeLessThanOrEqualTo(10 + 5 + 1);
      assertThat(windows.snapshot().revisions()).hasSizeLessThanOrEqualTo(5);
      assertThat(windows.buffer.slots()).isLessThanOrEqualTo(4 * (10 + 5 + 1));
    }
    assertThat(windows.snapshot().revisions()).isNotEmpty();
  }

  @Test
  void aLongStreamTakesNoMoreThanTwiceItsSlidingWindow() {
    Windows windows = Setups.counting(50);
    for (int i = 0; i < 1_000; i++) {
      windows = followed(windows, i, 3, 1);
      assertThat(((SlidingCountWindow) windows).buffer.values).hasSizeLessThanOrEqualTo(100);
    }
  }

  @Test
  void anIdleKeyClosesWindowsWhoseSlicesAllLieBeforeTheWatermark() {
    Heard heard = new Heard();
    WindowDefinition definition = new WindowDefinition.Hopping(3 * MS, MS, 0);
    WindowFold fold = Windows.empty(Setups.of(definition)).fold(heard);
    fold.open(0);
    fold.add(0, 5);
    fold.advance(MS + 1);
    assertThat(heard.closed).hasSize(1);
    fold.closeAll();
    assertThat(heard.closed).extracting(Window::startNanos).containsExactly(-2 * MS, -MS, 0L);
    assertThat(fold.freeze().waitForTime()).isFalse();
  }

  @Test
  void snapshotsOfASlidingWindowAreEqualWhereAllBitsAre() {
    WindowSnapshot.SlidingCount snapshot = sliding(1, 1, 5, 0.5);
    assertThat(snapshot).isEqualTo(sliding(1, 1, 5, 0.5)).hasSameHashCodeAs(sliding(1, 1, 5, 0.5));
    assertThat(snapshot)
        .isNotEqualTo(sliding(2, 1, 5, 0.5))
        .isNotEqualTo(sliding(1, 0, 5, 0.5))
        .isNotEqualTo(sliding(1, 1, 6, 0.5))
        .isNotEqualTo(sliding(1, 1, 5, 0.6))
        .isNotEqualTo("a snapshot");
  }

  private static WindowSnapshot.SlidingCount sliding(
      double centre, int front, long time, double value) {
    return new WindowSnapshot.SlidingCount(centre, front, new long[] {time}, new double[] {value});
  }

  /** The next samples, half a millisecond apart, around a level. */
  private static Windows followed(Windows windows, int from, int count, double level) {
    WindowFold fold = windows.fold(Deaf.INSTANCE);
    for (int i = from; i < from + count; i++) {
      long time = i * MS / 2;
      assertThat(fold.open(time)).isTrue();
      fold.add(time, level + i % 3);
      fold.advance(time);
    }
    return fold.freeze();
  }

  private static void assertSame(Windows told, Windows expected) {
    assertThat(told.windows()).isEqualTo(expected.windows());
    assertThat(told.snapshot()).isEqualTo(expected.snapshot());
  }

  private static final class Heard implements WindowListener {
    final List<Window> closed = new ArrayList<>();

    @Override
    public void closed(Window window) {
      closed.add(window);
    }

    @Override
    public void updated(Window window) {}
  }
}
