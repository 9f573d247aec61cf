package io.thalweg.cli.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final Offset<Double> EXACT = within(1e-9);

  /** 100 rows, 15 of them probation, and windows of ten rows. */
  private static final LabelledSeries TWO =
      Labelled.series(100, new LabelledWindow(20, 29), new LabelledWindow(60, 69));

  @Test
  void noAlertsAreWorthNothingInAnyProfile() {
    for (Profile profile : Profile.values()) {
      Score score = score(TWO, Map.of(), profile);
      assertThat(score.normalised()).hasValue(0);
      assertThat(score.missed()).isEqualTo(2);
    }
    assertThat(score(TWO, Map.of(), Profile.STANDARD).raw()).isEqualTo(-2);
    assertThat(score(TWO, Map.of(), Profile.REWARD_LOW_FN).raw()).isEqualTo(-4);
  }

  @Test
  void alertsInTheFirstRowsAloneAreWorthAHundredInAnyProfile() {
    for (Profile profile : Profile.values()) {
      Score score = score(TWO, Map.of(20, 0.9, 60, 0.9), profile);
      assertThat(score.raw()).isCloseTo(2, EXACT);
      assertThat(score.normalised().orElseThrow()).isCloseTo(100, EXACT);
      assertThat(score.hits()).isEqualTo(2);
    }
  }

  @Test
  void onlyTheEarliestAlertOfAWindowCounts() {
    Score one = score(TWO, Map.of(25, 0.9), Profile.STANDARD);
    Score more = score(TWO, Map.of(25, 0.9, 27, 0.95, 29, 0.9), Profile.STANDARD);
    assertThat(one.raw()).isCloseTo(0.8482836399575129 / 0.9866142981514303 - 1, EXACT);
    assertThat(more).isEqualTo(one);
  }

  @Test
  void falseAlertsAreWeighedByProfileAndPlace() {
    Map<Integer, Double> alerts = Map.of(20, 0.9, 60, 0.9, 38, 0.9, 58, 0.9);
    double cost = 1 + 0.9866142981514303;
    assertThat(score(TWO, alerts, Profile.STANDARD).raw()).isCloseTo(2 - 0.11 * cost, EXACT);
    assertThat(score(TWO, alerts, Profile.REWARD_LOW_FP).raw()).isCloseTo(2 - 0.22 * cost, EXACT);
    assertThat(score(TWO, alerts, Profile.REWARD_LOW_FN).raw()).isCloseTo(2 - 0.11 * cost, EXACT);
    assertThat(score(TWO, alerts, Profile.STANDARD).falseAlerts()).isEqualTo(2);
  }

  @Test
  void alertsBelowTheThresholdAreNone() {
    Detection detection = Labelled.detection(TWO, Map.of(20, 0.5, 60, 0.7, 40, 0.6));
    Score score = Score.of(detection, Profile.STANDARD, 0.7);
    assertThat(score.hits()).isEqualTo(1);
    assertThat(score.falseAlerts()).isZero();
  }

  @Test
  void alertsInTheProbationAreNone() {
    Score score = score(TWO, Map.of(0, 0.9, 14, 0.9), Profile.STANDARD);
    assertThat(score.falseAlerts()).isZero();
    assertThat(score.normalised()).hasValue(0);
    assertThat(score(TWO, Map.of(15, 0.9), Profile.STANDARD).falseAlerts()).isEqualTo(1);
  }

  @Test
  void aWindowThatBeginsInTheProbationCanBeHitAfterItOnly() {
    LabelledSeries early = Labelled.series(100, new LabelledWindow(10, 19));
    assertThat(score(early, Map.of(12, 0.9), Profile.STANDARD).hits()).isZero();
    Score late = score(early, Map.of(12, 0.9, 15, 0.9), Profile.STANDARD);
    assertThat(late.raw()).isCloseTo(0.8482836399575129 / 0.9866142981514303, EXACT);
  }

  @Test
  void aWindowWithinTheProbationIsNone() {
    Score score =
        score(Labelled.series(100, new LabelledWindow(3, 14)), Map.of(), Profile.STANDARD);
    assertThat(score.windows()).isZero();
    assertThat(score.normalised()).isEmpty();
  }

  @Test
  void scoresAddUpBeforeTheyAreNormalised() {
    Score half = score(TWO, Map.of(20, 0.9), Profile.STANDARD);
    Score onlyFalse = score(Labelled.series(100), Map.of(50, 0.9), Profile.STANDARD);
    assertThat(half.normalised().orElseThrow()).isCloseTo(50, EXACT);
    assertThat(onlyFalse.normalised()).isEmpty();
    assertThat(half.plus(onlyFalse).normalised().orElseThrow())
        .isCloseTo(100 * (2 - 0.11) / 4, EXACT);
  }

  private static Score score(LabelledSeries series, Map<Integer, Double> scores, Profile profile) {
    return Score.of(Labelled.detection(series, scores), profile, 0.1);
  }
}
