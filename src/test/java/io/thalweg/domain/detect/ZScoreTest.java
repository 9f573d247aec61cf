package io.thalweg.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.Summary;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ZScoreTest {
  private static final Fixed TEN_TIMES_MEAN_5_DEVIATION_2 = new Fixed(10, 5, 4);
  private final Detector detector = Detector.of(Optional.of(new DetectorDefinition.ZScore(3, 10)));

  @Test
  void aSampleFarAboveTheMeanIsHigh() {
    Anomaly anomaly = judge(13, TEN_TIMES_MEAN_5_DEVIATION_2).orElseThrow();
    assertThat(anomaly)
        .isEqualTo(
            new Anomaly(
                new Sample(7, 13),
                4,
                3,
                "z-score",
                "high",
                TEN_TIMES_MEAN_5_DEVIATION_2.summary()));
  }

  @Test
  void aSampleFarBelowTheMeanIsLow() {
    assertThat(judge(-3, TEN_TIMES_MEAN_5_DEVIATION_2).map(Anomaly::view)).contains("low");
  }

  @Test
  void aSampleAtTheThresholdIsNoAnomaly() {
    assertThat(judge(11, TEN_TIMES_MEAN_5_DEVIATION_2)).isEmpty();
  }

  @Test
  void aWindowOfTooFewSamplesDoesNotJudge() {
    assertThat(judge(1e9, new Fixed(9, 5, 4))).isEmpty();
  }

  @Test
  void aFlatWindowJudgesByABillionthOfItsMean() {
    Fixed flat = new Fixed(10, 1000, 0);
    assertThat(judge(1000, flat)).isEmpty();
    assertThat(judge(1000 + 2e-6, flat)).isEmpty();
    assertThat(judge(1000 + 5e-6, flat).orElseThrow().score()).isBetween(4.999, 5.001);
  }

  @Test
  void noScoreIsAboveABillion() {
    assertThat(judge(1, new Fixed(10, 0, 0)).orElseThrow().score()).isEqualTo(1e9);
    assertThat(judge(Double.MAX_VALUE, new Fixed(10, -Double.MAX_VALUE, 1)).orElseThrow().score())
        .isEqualTo(1e9);
  }

  @Test
  void withoutADefinitionNothingIsFound() {
    assertThat(Detector.of(Optional.empty()).judge(7, 1e9, TEN_TIMES_MEAN_5_DEVIATION_2)).isEmpty();
  }

  private Optional<Anomaly> judge(double value, LiveSummary before) {
    return detector.judge(7, value, before);
  }

  private record Fixed(long count, double mean, double variance) implements LiveSummary {
    @Override
    public Summary summary() {
      return new Summary(count, mean, variance, variance, 0, 0, 0);
    }
  }
}
