package io.thalweg.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thalweg.domain.Randomized;
import io.thalweg.domain.RealSeries;
import io.thalweg.domain.stats.LiveSummary;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The surprise detector on all series that the program is delivered with. */
final class SurpriseSeriesTest {
  private static final Optional<DetectorDefinition> DEFINITION =
      Optional.of(DetectorDefinition.Surprise.DEFAULT);

  @Test
  void findsWhatTheNaiveOneFinds() {
    for (RealSeries series : RealSeries.all()) {
      List<Anomaly> found = found(series, series.size());
      List<NaiveSurprise.Alert> expected = naive(series);
      assertThat(found)
          .as(series.name())
          .extracting(anomaly -> anomaly.sample().timeNanos())
          .containsExactlyElementsOf(
              expected.stream().map(alert -> series.timesNanos()[alert.at()]).toList());
      for (int i = 0; i < found.size(); i++) {
        double surprise = expected.get(i).surprise();
        assertThat(found.get(i).view()).as(series.name()).isEqualTo(expected.get(i).view());
        assertThat(found.get(i).score()).isCloseTo(surprise, within(1e-6 * surprise));
      }
    }
  }

  @Test
  void batchesOfAnyLengthGiveTheSameBits() {
    RandomGenerator random = Randomized.seeded(1);
    for (RealSeries series : RealSeries.all()) {
      assertThat(found(series, random.nextInt(1, 100)))
          .as(series.name())
          .isEqualTo(found(series, series.size()));
    }
  }

  private static List<NaiveSurprise.Alert> naive(RealSeries series) {
    NaiveSurprise naive = new NaiveSurprise();
    TimeOfDay time = TimeOfDay.in(ZoneOffset.UTC);
    for (int i = 0; i < series.size(); i++) {
      naive.add(time.part(series.timesNanos()[i]), series.values()[i]);
    }
    return naive.alerts();
  }

  /** With a new version of the memory after each so many samples. */
  private static List<Anomaly> found(RealSeries series, int batch) {
    List<Anomaly> found = new ArrayList<>();
    DetectorMemory memory = DetectorMemory.EMPTY;
    for (int from = 0; from < series.size(); from += batch) {
      Detector detector = Detector.of(DEFINITION, ZoneOffset.UTC, memory);
      for (int i = from; i < Math.min(series.size(), from + batch); i++) {
        detector
            .judge(series.timesNanos()[i], series.values()[i], LiveSummary.NOTHING)
            .ifPresent(found::add);
      }
      memory = detector.freeze();
    }
    return found;
  }
}
