package io.thalweg.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SlidingTimeWindowsTest {
  private static final long MS = 1_000_000;
  private static final WindowDefinition.SlidingTime TEN_BY_FIVE =
      new WindowDefinition.SlidingTime(10 * MS, 5 * MS);

  private final List<Window> closed = new ArrayList<>();
  private final WindowFold fold = Windows.empty(TEN_BY_FIVE).fold();

  @Test
  void aSampleIsInEachWindowThatCoversIt() {
    add(12, 1);
    assertThat(starts(fold.freeze().windows())).containsExactly(5L, 10L);
  }

  @Test
  void aWindowClosesWhenTheWatermarkReachesItsEnd() {
    add(12, 1);
    fold.advance(15 * MS - 1, closed::add);
    assertThat(closed).isEmpty();
    fold.advance(15 * MS, closed::add);
    fold.advance(15 * MS, closed::add);
    assertThat(starts(closed)).containsExactly(5L);
    assertThat(closed.getFirst().endNanos()).isEqualTo(15 * MS);
    assertThat(closed.getFirst().closed()).isTrue();
  }

  @Test
  void theLastClosedWindowIsToldBeforeTheOpenOnes() {
    add(12, 1);
    fold.advance(15 * MS, closed::add);
    List<Window> told = fold.freeze().windows();
    assertThat(starts(told)).containsExactly(5L, 10L);
    assertThat(told).extracting(Window::closed).containsExactly(true, false);
  }

  @Test
  void aSampleIsLateWhenItsLastWindowHasClosed() {
    fold.advance(15 * MS, closed::add);
    assertThat(fold.open(10 * MS - 1)).isFalse();
    assertThat(fold.open(10 * MS)).isTrue();
  }

  @Test
  void aSampleThatIsLateForSomeWindowsCountsInTheOthers() {
    add(12, 1);
    fold.advance(15 * MS, closed::add);
    add(11, 3);
    List<Window> told = fold.freeze().windows();
    assertThat(told).extracting(w -> w.summary().count()).containsExactly(1L, 2L);
  }

  @Test
  void aFarJumpClosesOnlyTheWindowsThatHoldSamples() {
    add(12, 1);
    fold.open(Long.MAX_VALUE);
    fold.add(Long.MAX_VALUE, 2);
    fold.advance(Long.MAX_VALUE, closed::add);
    assertThat(starts(closed)).containsExactly(5L, 10L);
    assertThat(fold.freeze().windows().getLast().endNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theBeginningOfTimeHasWindowsToo() {
    assertThat(fold.open(Long.MIN_VALUE)).isTrue();
    fold.add(Long.MIN_VALUE, 1);
    fold.advance(0, closed::add);
    assertThat(closed).hasSize(2);
    assertThat(closed.getFirst().startNanos()).isEqualTo(Long.MIN_VALUE);
  }

  private void add(long millis, double value) {
    assertThat(fold.open(millis * MS)).isTrue();
    fold.add(millis * MS, value);
  }

  private static List<Long> starts(List<Window> windows) {
    return windows.stream().map(w -> w.startNanos() / MS).toList();
  }
}
