package io.thalweg.cli.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final LabelledSeries WINDOW = Labelled.series(100, new LabelledWindow(60, 69));
  private static final LabelledSeries CALM = Labelled.series(100);

  @Test
  void oneFalseAlertIsTakenForAHitButNotTenWithoutOne() {
    Map<Integer, Double> scores = new HashMap<>(Map.of(40, 0.9, 60, 0.8));
    for (int row = 20; row < 30; row++) {
      scores.put(row, 0.7);
    }
    assertThat(threshold(Profile.STANDARD, Labelled.detection(WINDOW, scores)))
        .isCloseTo(0.8, within(1e-12));
  }

  /** Ten false alerts come before the hit: 1.1 for 2 in one profile, 2.2 in the other. */
  @Test
  void theProfileSaysWhetherAHitIsWorthItsFalseAlerts() {
    Map<Integer, Double> scores = new HashMap<>(Map.of(60, 0.5));
    for (int row = 20; row < 30; row++) {
      scores.put(row, 0.7);
    }
    Detection detection = Labelled.detection(WINDOW, scores);
    assertThat(threshold(Profile.STANDARD, detection)).isCloseTo(0.5, within(1e-12));
    assertThat(threshold(Profile.REWARD_LOW_FP, detection)).isEqualTo(Sweep.NEVER);
    assertThat(threshold(Profile.REWARD_LOW_FN, detection)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void neverToAlertMayBeBest() {
    assertThat(threshold(Profile.STANDARD, Labelled.detection(CALM, Map.of(50, 0.9))))
        .isEqualTo(Sweep.NEVER);
  }

  @Test
  void rowsOfOneScoreComeTogether() {
    Map<Integer, Double> scores = new HashMap<>(Map.of(60, 0.5));
    for (int row = 20; row < 55; row++) {
      scores.put(row, 0.5);
    }
    assertThat(threshold(Profile.STANDARD, Labelled.detection(WINDOW, scores)))
        .isEqualTo(Sweep.NEVER);
  }

  @Test
  void allSeriesShareAThreshold() {
    Map<Integer, Double> falseAlerts = new HashMap<>();
    for (int row = 20; row < 50; row++) {
      falseAlerts.put(row, 0.6);
    }
    Detection hit = Labelled.detection(WINDOW, Map.of(60, 0.5, 61, 0.7));
    assertThat(threshold(Profile.STANDARD, hit)).isCloseTo(0.5, within(1e-12));
    assertThat(threshold(Profile.STANDARD, hit, Labelled.detection(CALM, falseAlerts)))
        .isCloseTo(0.7, within(1e-12));
  }

  /** Against the score at each threshold that there can be, computed anew. */
  @Test
  void noOtherThresholdScoresHigher() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      List<Detection> detections = new ArrayList<>();
      for (LabelledSeries series : List.of(WINDOW, CALM, WINDOW)) {
        Map<Integer, Double> scores = new HashMap<>();
        for (int i = 0; i < 12; i++) {
          scores.put(random.nextInt(100), (1 + random.nextInt(8)) / 10.0);
        }
        detections.add(Labelled.detection(series, scores));
      }
      Sweep sweep = Sweep.of(detections);
      for (Profile profile : Profile.values()) {
        double best =
            DoubleStream.iterate(0.05, t -> t < 1, t -> t + 0.1)
                .map(t -> total(detections, profile, t))
                .max()
                .orElseThrow();
        double never = total(detections, profile, Sweep.NEVER);
        assertThat(total(detections, profile, sweep.threshold(profile)))
            .as("round %d, %s", round, profile)
            .isCloseTo(Math.max(best, never), within(1e-9));
      }
    }
  }

  private static double threshold(Profile profile, Detection... detections) {
    return Sweep.of(List.of(detections)).threshold(profile);
  }

  private static double total(List<Detection> detections, Profile profile, double threshold) {
    return detections.stream().mapToDouble(d -> Score.of(d, profile, threshold).raw()).sum();
  }
}
