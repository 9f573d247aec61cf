package io.thalweg.cli.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Expected values are worked out by hand from the benchmark's definition. */
class PositionTest {
  private static final Offset<Double> EXACT = within(1e-9);

  /** Ten rows, 20 to 29. */
  private final double[] worths = Position.worths(Labelled.series(100, new LabelledWindow(20, 29)));

  @Test
  void theFirstRowOfAWindowIsWorthOne() {
    assertThat(worths[20]).isCloseTo(1, EXACT);
  }

  /** Half a length before the end: (2 / (1 + e^-2.5) - 1) / (2 / (1 + e^-5) - 1). */
  @Test
  void theWorthFallsTowardsTheEndOfTheWindow() {
    assertThat(worths[25]).isCloseTo(0.8482836399575129 / 0.9866142981514303, EXACT);
    assertThat(worths[29]).isCloseTo(0.2449186624037091 / 0.9866142981514303, EXACT);
  }

  /** Positions are counted in the nine steps from the window's first row to its last. */
  @Test
  void falseAlertsCostLittleJustAfterAWindowAndAllThreeLengthsBehind() {
    assertThat(worths[30]).isCloseTo(2 / (1 + Math.exp(5.0 / 9)) - 1, EXACT);
    assertThat(worths[38]).isCloseTo(-0.9866142981514303, EXACT);
    assertThat(worths[55]).isGreaterThan(-1);
    assertThat(worths[56]).isEqualTo(-1);
    assertThat(worths[99]).isEqualTo(-1);
  }

  @Test
  void falseAlertsBeforeAnyWindowCostAll() {
    assertThat(worths[0]).isEqualTo(-1);
    assertThat(worths[19]).isEqualTo(-1);
  }

  @Test
  void theWindowBeforeARowIsTheOneThatCounts() {
    double[] two =
        Position.worths(
            Labelled.series(100, new LabelledWindow(60, 69), new LabelledWindow(20, 29)));
    assertThat(two[59]).isEqualTo(-1);
    assertThat(two[60]).isCloseTo(1, EXACT);
    assertThat(two[70]).isCloseTo(two[30], EXACT);
  }

  @Test
  void aWindowOfOneRowHasNothingNearIt() {
    double[] one = Position.worths(Labelled.series(40, new LabelledWindow(20, 20)));
    assertThat(one[20]).isCloseTo(1, EXACT);
    assertThat(one[21]).isEqualTo(-1);
  }
}
