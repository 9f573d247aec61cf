package io.thalweg.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thalweg.domain.Randomized;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Each view alone, on values for which its verdict can be reckoned by hand. */
final class ViewsTest {
  private static final double OUTSIDE = Math.log10(1024);

  private final MemoryFold memory = new MemoryFold(DetectorMemory.EMPTY, 400);
  private final Norm norm = new Norm(cursor());
  private final Newest values = new Newest(memory, 300, SpreadView.SAMPLES, 0);

  @Test
  void aValueOutsideTheRangeIsWorthItsDistanceInTwentiethsOfTheRange() {
    RangeView view = new RangeView(memory, cursor(), 100);
    for (int i = 0; i < 200; i++) {
      assertThat(range(view, i % 11)).isZero();
    }
    // The range is 0 to 10: 2 above is 4 twentieths of 10.
    assertThat(range(view, 12)).isCloseTo(OUTSIDE + Math.log10(Math.E) * 4, within(1e-4));
    assertThat(view.min()).isZero();
    assertThat(view.max()).isEqualTo(10);
    assertThat(range(view, 12)).isZero();
    assertThat(range(view, -0.001)).isCloseTo(OUTSIDE, within(1e-2));
  }

  @Test
  void theRangeSaysNothingAmongTheFirstHundred() {
    RangeView view = new RangeView(memory, cursor(), 100);
    for (int i = 0; i < 99; i++) {
      range(view, i % 2);
    }
    assertThat(range(view, 9)).isZero();
    assertThat(range(view, 99)).isPositive();
  }

  @Test
  void aWildValueWidensTheRangeByAtMostItself() {
    RangeView view = new RangeView(memory, cursor(), 100);
    for (int i = 0; i < 200; i++) {
      range(view, i % 11);
    }
    range(view, 1e9);
    range(view, 5);
    assertThat(view.max()).isCloseTo(20, within(1e-3));
  }

  @Test
  void whatIsOlderThan32BlocksIsForgotten() {
    RangeView view = new RangeView(memory, cursor(), 100);
    range(view, 50);
    for (int i = 1; i < 64 * 33; i++) {
      range(view, i % 2);
    }
    // The open block is the 34th: the first one has just been overwritten.
    range(view, 0);
    assertThat(view.max()).isEqualTo(1);
    assertThat(RangeView.samples(64 * 33)).isEqualTo(2_048);
    assertThat(RangeView.samples(64 * 33 + 5)).isEqualTo(2_053);
    assertThat(RangeView.samples(70)).isEqualTo(70);
  }

  @Test
  void aStepWithinTheRangeIsAShift() {
    ShiftView view = new ShiftView(cursor());
    List<Double> surprises = new ArrayList<>();
    for (int i = 0; i < 1_040; i++) {
      values.add((i < 1_000 ? 0 : 4) + (i % 4) * 5);
      surprises.add(view.surprise(values));
      if (i == 1_015) {
        assertThat(view.finding()).isInstanceOf(Finding.Unusual.class);
        Finding.Unusual found = (Finding.Unusual) view.finding();
        assertThat(found.seen()).isEqualTo(11.5);
        assertThat(found.expected()).isCloseTo(7.5, within(0.1));
        assertThat(found.samples()).isEqualTo(16);
      }
    }
    assertThat(surprises.subList(100, 1_000)).allMatch(s -> s < 3);
    assertThat(surprises.subList(1_000, 1_020)).anyMatch(s -> s > 3);
  }

  @Test
  void aFlatLineIsASpread() {
    SpreadView view = new SpreadView(cursor());
    RandomGenerator random = Randomized.seeded(4);
    double mostBefore = 0;
    double most = 0;
    for (int i = 0; i < 1_060; i++) {
      double value = i < 1_000 ? 100 + 10 * random.nextGaussian() : 100;
      values.add(value);
      double surprise = view.surprise(values, norm);
      norm.learn(value);
      if (i < 47) {
        assertThat(surprise).isZero();
      }
      mostBefore = i >= 500 && i < 1_000 ? Math.max(mostBefore, surprise) : mostBefore;
      most = i < 1_000 ? most : Math.max(most, surprise);
    }
    assertThat(mostBefore).isLessThan(5);
    assertThat(most).isGreaterThan(6);
    Finding.Unusual found = (Finding.Unusual) view.finding();
    assertThat(found.seen()).isLessThan(2);
    assertThat(found.expected()).isBetween(8.0, 13.0);
    assertThat(found.samples()).isEqualTo(48);
  }

  @Test
  void aLevelOfAnotherTimeOfDayIsASeason() {
    SeasonView view = new SeasonView(memory, cursor(), 100, 0);
    double mostBefore = 0;
    double mostAfter = 0;
    int days = 20;
    for (int i = 0; i < 48 * days; i++) {
      int part = i % 48;
      boolean swapped = i >= 48 * (days - 1);
      double level = (part < 24) == swapped ? 100 : 20;
      double value = level + i * 7919 % 7;
      double surprise = view.surprise(part, value, norm);
      norm.learn(value);
      mostBefore = i >= 48 * 10 && !swapped ? Math.max(mostBefore, surprise) : mostBefore;
      mostAfter = swapped ? Math.max(mostAfter, surprise) : mostAfter;
    }
    assertThat(mostBefore).isLessThan(3);
    assertThat(mostAfter).isGreaterThan(3);
    assertThat(view.usual(0)).isBetween(20.0, 40.0);
    assertThat(((Finding.Unusual) view.finding()).samples()).isEqualTo(24);
  }

  @Test
  void aPartOfTheDayTrustsItsMeanFromTwoValuesOn() {
    SeasonView view = new SeasonView(memory, cursor(), 100, 0);
    season(view, 3, 10);
    assertThat(view.residual()).isZero();
    assertThat(view.usual(3)).isEqualTo(10);
    season(view, 4, 40);
    assertThat(view.residual()).isEqualTo(30);
    assertThat(view.usual(3)).isEqualTo(25);
    season(view, 3, 20);
    assertThat(view.residual()).isEqualTo(-5);
    assertThat(view.usual(3)).isEqualTo(15);
    assertThat(view.residualsMean()).isCloseTo(25.0 / 3, within(1e-12));
  }

  @Test
  void aShapeNeverSeenIsAPattern() {
    PatternView view = new PatternView(memory, cursor(), 400);
    RandomGenerator random = Randomized.seeded(4);
    double mostBefore = 0;
    double surprise = 0;
    for (int i = 0; i < 30_000; i++) {
      // Zero to nine and down again, until it jumps.
      double value = i < 29_999 ? Math.abs(i % 18 - 9) + 0.2 * random.nextGaussian() : 30;
      values.add(value);
      surprise = view.surprise(values, norm);
      norm.learn(value);
      mostBefore = i >= 20_000 && i < 29_999 ? Math.max(mostBefore, surprise) : mostBefore;
    }
    assertThat(surprise).isGreaterThan(Math.max(3, mostBefore));
    assertThat(((Finding.Unusual) view.finding()).samples()).isEqualTo(3);
  }

  @Test
  void aKnownShapeIsPulledAndANewOneLearnt() {
    PatternView view = new PatternView(memory, cursor(), 400);
    for (int i = 0; i < 50; i++) {
      norm.learn(i % 2 == 0 ? -1 : 1);
    }
    double scale = 1 + norm.floor();
    pattern(view, 0, 0, 0);
    assertThat(memory.size()).isEqualTo(404);
    pattern(view, 0, 0, 1.5 * scale * 0.9);
    assertThat(memory.size()).isEqualTo(404);
    assertThat(memory.get(402)).isCloseTo(0.02 * 1.35, within(1e-9));
    pattern(view, 3, 3, 3);
    assertThat(memory.size()).isEqualTo(408);
    assertThat(memory.get(404)).isCloseTo(3 / scale, within(1e-9));
  }

  @Test
  void ofTwoHundredShapesTheOneNotMetForLongestIsReplaced() {
    PatternView view = new PatternView(memory, cursor(), 400);
    for (int i = 0; i < 50; i++) {
      norm.learn(i % 2 == 0 ? -1 : 1);
    }
    for (int i = 0; i < 200; i++) {
      values.add(1e3 * i);
      view.surprise(values, norm);
      norm.learn(i % 2 == 0 ? -1 : 1);
    }
    assertThat(memory.size()).isEqualTo(400 + 200 * PatternView.PROTOTYPE);
    double first = memory.get(402);
    double second = memory.get(406);
    values.add(1e6);
    view.surprise(values, norm);
    assertThat(memory.size()).isEqualTo(400 + 200 * PatternView.PROTOTYPE);
    assertThat(memory.get(402)).isNotEqualTo(first);
    assertThat(memory.get(406)).isEqualTo(second);
  }

  @Test
  void aSpikeIsMeasuredAgainstTheTimeOfDay() {
    SeasonView season = new SeasonView(memory, cursor(), 100, 0);
    SpikeView view = new SpikeView(new Cursor(new MemoryFold(DetectorMemory.EMPTY, 20)));
    RandomGenerator random = Randomized.seeded(4);
    double mostBefore = 0;
    for (int i = 0; i < 48 * 60; i++) {
      double value = (i % 48 < 24 ? 100 : 20) + 2 * random.nextGaussian();
      double surprise = view.surprise(i % 48, value, season, norm);
      season.surprise(i % 48, value, norm);
      norm.learn(value);
      mostBefore = i >= 48 * 50 ? Math.max(mostBefore, surprise) : mostBefore;
    }
    // Well within the range of the day, but not at night.
    assertThat(view.surprise(30, 60, season, norm)).isGreaterThan(Math.max(5, mostBefore));
    Finding.Unusual found = (Finding.Unusual) view.finding();
    assertThat(found.seen()).isEqualTo(60);
    assertThat(found.expected()).isBetween(15.0, 25.0);
  }

  private double range(RangeView view, double value) {
    double surprise = view.surprise(value, norm);
    norm.learn(value);
    return surprise;
  }

  private void season(SeasonView view, int part, double value) {
    view.surprise(part, value, norm);
    norm.learn(value);
  }

  private void pattern(PatternView view, double... shape) {
    for (double value : shape) {
      values.add(value);
    }
    view.surprise(values, norm);
  }

  private static Cursor cursor() {
    return new Cursor(new MemoryFold(DetectorMemory.EMPTY, 20));
  }
}
