package io.thalweg.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thalweg.domain.Randomized;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.Summary;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Detectors that judge all samples of a key, against no window. */
final class KeyDetectorsTest {
  private static final long MINUTES_5 = 300_000_000_000L;

  @Test
  void ewmaJudgesByWeightedMeanAndDeviation() {
    Detector detector = detector(new DetectorDefinition.Ewma(0.5, 3, 4));
    for (double value : new double[] {4, 6, 4, 6}) {
      assertThat(judge(detector, value)).isEmpty();
    }
    // Gains 1, 1/2, 1/2, 1/2: means 4, 5, 4.5, 5.25; variances 0, 1, 0.75, 0.9375.
    Anomaly anomaly = judge(detector, 10).orElseThrow();
    assertThat(anomaly.score()).isCloseTo(4.75 / Math.sqrt(0.9375), within(1e-12));
    assertThat(anomaly.view()).isEqualTo("high");
    assertThat(anomaly.detector()).isEqualTo("ewma/1");
    Summary evidence = anomaly.evidence();
    assertThat(evidence.count()).isEqualTo(4);
    assertThat(evidence.mean()).isEqualTo(5.25);
    assertThat(evidence.variance()).isEqualTo(0.9375);
    assertThat(evidence.sampleVariance()).isEqualTo(1.25);
    assertThat(evidence.min()).isEqualTo(4);
    assertThat(evidence.max()).isEqualTo(6);
  }

  @Test
  void aHalfLifeIsAnAlpha() {
    assertThat(DetectorDefinition.Ewma.alphaOfHalfLife(1)).isEqualTo(0.5);
    double alpha = DetectorDefinition.Ewma.alphaOfHalfLife(10);
    assertThat(Math.pow(1 - alpha, 10)).isCloseTo(0.5, within(1e-12));
    assertThatThrownBy(() -> DetectorDefinition.Ewma.alphaOfHalfLife(0))
        .hasMessageContaining("above 0");
  }

  @Test
  void eachSampleBeyondALimitIsAnAnomaly() {
    Detector detector = detector(new DetectorDefinition.Threshold(10, -1));
    assertThat(judge(detector, 10)).isEmpty();
    assertThat(judge(detector, -1)).isEmpty();
    assertThat(judge(detector, 12))
        .contains(
            new Anomaly(
                new Sample(0, 12),
                2,
                0,
                "threshold/1",
                "above",
                Summary.EMPTY,
                new Finding.OverLimit(10)));
    assertThat(judge(detector, 12)).isPresent();
    assertThat(judge(detector, -3).map(Anomaly::view)).contains("below");
    assertThat(judge(detector, -Double.MAX_VALUE).map(Anomaly::score)).contains(Double.MAX_VALUE);
  }

  @Test
  void theStrongestViewExplainsASurprise() {
    Detector detector = detector(DetectorDefinition.Surprise.DEFAULT);
    RandomGenerator random = Randomized.seeded(3);
    for (int i = 0; i < 3_000; i++) {
      detector.judge(i * MINUTES_5, random.nextDouble(70, 90), LiveSummary.NOTHING);
    }
    Anomaly anomaly = detector.judge(9, 39.2, LiveSummary.NOTHING).orElseThrow();
    assertThat(anomaly.view()).isEqualTo("range");
    assertThat(anomaly.detector()).isEqualTo("surprise/1");
    assertThat(anomaly.score()).isGreaterThan(10);
    assertThat(anomaly.threshold()).isBetween(3.0, 4.0);
    Finding.OutOfRange range = (Finding.OutOfRange) anomaly.finding();
    assertThat(range.samples()).isEqualTo(2_048 + 3_000 % 64);
    assertThat(range.min()).isBetween(70.0, 70.1);
    assertThat(anomaly.evidence().count()).isEqualTo(range.samples());
    assertThat(anomaly.evidence().min()).isEqualTo(range.min());
    assertThat(anomaly.evidence().mean()).isBetween(79.0, 81.0);
    assertThat(anomaly.evidence().variance()).isBetween(25.0, 40.0);
  }

  @Test
  void wildValuesLeaveFiniteNumbers() {
    double[] wild = {Double.MAX_VALUE, -Double.MAX_VALUE, 0, -0.0, Double.MIN_VALUE, 1e155, 1};
    for (DetectorDefinition definition :
        new DetectorDefinition[] {
          new DetectorDefinition.Surprise(3, 0, 1, 0, 0, 0, true),
          new DetectorDefinition.Ewma(0.1, 3, 2)
        }) {
      Randomized.rounds(
          20,
          random -> {
            Detector detector = detector(definition);
            for (int i = 0; i < 2_000; i++) {
              double value = wild[random.nextInt(wild.length)];
              detector
                  .judge(random.nextLong(), value, LiveSummary.NOTHING)
                  .ifPresent(
                      anomaly -> {
                        assertThat(Double.isFinite(anomaly.score())).isTrue();
                        assertThat(Double.isFinite(anomaly.evidence().sampleVariance())).isTrue();
                        assertThat(Explanation.of(anomaly)).doesNotContain("NaN", "Infinity");
                      });
            }
            assertThat(Arrays.stream(detector.freeze().numbers()).allMatch(Double::isFinite))
                .isTrue();
          });
    }
  }

  @Test
  void aMemoryTakesAtMostTenKibibytes() {
    Detector detector = detector(new DetectorDefinition.Surprise(3, 0, 1, 0, 0, 0, true));
    RandomGenerator random = Randomized.seeded(5);
    for (int i = 0; i < 20_000; i++) {
      detector.judge(
          i * MINUTES_5, random.nextInt(6) * 1e3 * random.nextGaussian(), LiveSummary.NOTHING);
    }
    DetectorMemory memory = detector.freeze();
    assertThat(memory.array().length * 8).isLessThan(10 * 1_024);
    // All 200 shapes are known.
    assertThat(memory.numbers().length).isEqualTo(memory.array().length).isGreaterThan(1_000);
  }

  @Test
  void aMemoryOfAnotherLengthIsRefused() {
    DetectorMemory odd = DetectorMemory.restore(new double[7]);
    for (DetectorDefinition definition :
        new DetectorDefinition[] {
          DetectorDefinition.Surprise.DEFAULT, new DetectorDefinition.Ewma(0.1, 3, 2)
        }) {
      assertThatThrownBy(() -> Detector.of(Optional.of(definition), ZoneOffset.UTC, odd))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not 7");
    }
  }

  private static Detector detector(DetectorDefinition definition) {
    return Detector.of(Optional.of(definition));
  }

  private static Optional<Anomaly> judge(Detector detector, double value) {
    return detector.judge(0, value, LiveSummary.NOTHING);
  }
}
