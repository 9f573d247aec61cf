package io.thalweg.cli.nab;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.sample.Series;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.testkit.StreamTestDriver;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DetectionTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final StreamDefinition STREAM =
      new StreamDefinition(
          "s",
          List.of(new NamedWindow("recent", new WindowDefinition.SlidingCount(50))),
          Optional.of(new WindowDetector("recent", new DetectorDefinition.ZScore(3, 20))),
          new TimeRules(0, 0, 0, 0),
          1,
          Statistics.BASIC);

  @Test
  void alertsAreThoseOfAKeyThatGetsTheSameSamples() {
    Series samples = noise(3_000);
    StreamTestDriver driver = StreamTestDriver.start(STREAM, Instant.parse("1971-01-01T00:00:00Z"));
    driver.pipe("k", new KeyBatch("", 0, samples.timesNanos(), samples.values()));
    List<Anomaly> expected = driver.anomalies("k");
    List<Alert> alerts = Detection.of(STREAM, labelled(samples)).alerts();
    assertThat(expected).hasSizeGreaterThan(5);
    assertThat(alerts).extracting(Alert::anomaly).containsExactlyElementsOf(expected);
    assertThat(alerts)
        .allSatisfy(
            alert -> {
              Anomaly anomaly = alert.anomaly();
              assertThat(samples.timesNanos()[alert.row()]).isEqualTo(anomaly.sample().timeNanos());
              assertThat(samples.values()[alert.row()]).isEqualTo(anomaly.sample().value());
            });
  }

  /** Rows 98 to 101 have the same time, and two of them the same value. */
  @Test
  void theRowOfAnAlertIsKnownWhereTimesRepeatOrGoBack() {
    Series samples = noise(200);
    for (int row = 98; row < 102; row++) {
      samples.timesNanos()[row] = 98 * MINUTE;
    }
    samples.values()[99] = 40;
    samples.values()[100] = 400;
    samples.values()[150] = 4_000;
    samples.timesNanos()[150] = 20 * MINUTE;
    assertThat(Detection.of(STREAM, labelled(samples)).alerts())
        .extracting(Alert::row)
        .contains(99, 100, 150)
        .doesNotContain(98, 101, 20);
  }

  @Test
  void rowsWithoutAnAlertScoreZero() {
    double[] scores = Labelled.detection(Labelled.series(30), Map.of(7, 0.75)).scores();
    assertThat(scores).hasSize(30);
    assertThat(scores[7]).isEqualTo(0.75);
    scores[7] = 0;
    assertThat(scores).containsOnly(0);
  }

  private static LabelledSeries labelled(Series samples) {
    return new LabelledSeries("group", "one", samples, List.of());
  }

  private static Series noise(int rows) {
    Random random = new Random(3);
    long[] times = new long[rows];
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      times[row] = row * MINUTE;
      values[row] = 10 + random.nextGaussian();
    }
    return new Series("one", times, values);
  }
}
