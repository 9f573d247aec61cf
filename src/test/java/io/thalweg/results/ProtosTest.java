package io.thalweg.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.detect.Finding;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Details;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.window.Emission;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.v1.Update;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProtosTest {
  private static final StreamKey KEY = new StreamKey("s", "k");
  private static final Summary SUMMARY = new Summary(4, 2.5, 4, 5, 1, 4, 10);

  @Test
  void closedWindowTellsItsNameAndRevision() {
    Update update =
        Protos.update(
            KEY, 3, new Outcome.WindowClosed(new Window("minute", 1, 2, true, 2, SUMMARY)));
    assertThat(update.hasWindowClosed()).isTrue();
    assertThat(update.getWindowClosed().getName()).isEqualTo("minute");
    assertThat(update.getWindowClosed().getRevision()).isEqualTo(2);
    assertThat(update.getWindowClosed().getClosed()).isTrue();
    assertThat(update.getWindowClosed().getEarly()).isFalse();
  }

  @Test
  void earlyWindowIsAnUpdateOfItsOwn() {
    Update update =
        Protos.update(
            KEY, 3, new Outcome.WindowUpdated(new Window("minute", 1, 2, false, 0, SUMMARY)));
    assertThat(update.hasWindowUpdated()).isTrue();
    assertThat(update.getWindowUpdated().getEarly()).isTrue();
    assertThat(update.getWindowUpdated().getClosed()).isFalse();
  }

  @Test
  void anomalyTellsWhatWasFoundAndWhy() {
    io.thalweg.v1.Anomaly told = told(new Finding.Unusual(80, 2.5, 39, 16));
    assertThat(told.getUnusual().getExpected()).isEqualTo(80);
    assertThat(told.getUnusual().getDeviation()).isEqualTo(2.5);
    assertThat(told.getUnusual().getSeen()).isEqualTo(39);
    assertThat(told.getUnusual().getSamples()).isEqualTo(16);
    assertThat(told.getEvidence().getCount()).isEqualTo(4);
    assertThat(told.getExplanation())
        .isEqualTo("the mean 39 of the last 16 samples is below the usual 80 ± 2.5");
    assertThat(told(new Finding.OutOfRange(1, 2, 3)).getOutOfRange().getSamples()).isEqualTo(3);
    assertThat(told(new Finding.OverLimit(9)).getOverLimit()).isEqualTo(9);
    assertThat(told(new Finding.Distance()).getFindingCase())
        .isEqualTo(io.thalweg.v1.Anomaly.FindingCase.FINDING_NOT_SET);
  }

  private static io.thalweg.v1.Anomaly told(Finding finding) {
    Anomaly anomaly = new Anomaly(new Sample(1, 30), 7, 3, "surprise/1", "shift", SUMMARY, finding);
    return Protos.update(KEY, 3, new Outcome.AnomalyRaised(anomaly)).getAnomaly();
  }

  @Test
  void definitionTellsItsDetectorAndZone() {
    StreamDefinition stream =
        new StreamDefinition(
            "s",
            List.of(new NamedWindow("all", new WindowDefinition.Total())),
            Optional.of(WindowDetector.ofKey(DetectorDefinition.Surprise.DEFAULT)),
            new TimeRules(0, 0, 0, 0, ZoneId.of("Europe/Berlin")),
            5,
            Statistics.BASIC);
    io.thalweg.v1.StreamDefinition told = StreamProtos.definition(stream);
    assertThat(told.getTimeZone()).isEqualTo("Europe/Berlin");
    assertThat(told.getDetector().getWindow()).isEmpty();
    assertThat(told.getDetector().getSurprise().getThreshold()).isEqualTo(3);
    assertThat(told.getDetector().getSurprise().getHabituationSamples()).isEqualTo(2_000);
  }

  @Test
  void statisticsThatWereNotAskedForAreAbsent() {
    io.thalweg.v1.Summary told = told(SUMMARY);
    assertThat(told.getDeviation()).isEqualTo(2);
    assertThat(told.getAllFields().keySet())
        .extracting(field -> field.getNumber())
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void statisticsThatWereAskedForAreTold() {
    io.thalweg.v1.Summary told =
        told(
            SUMMARY.with(
                new Details(
                    Optional.of(new Sample(1, 1.5)),
                    Optional.of(new Sample(2, 2.5)),
                    OptionalDouble.of(0.25),
                    Optional.of(new Details.Shape(0, -1.5)),
                    List.of(new Details.Quantile(0.5, 3)),
                    Optional.of(new Details.Decayed(7, 0)))));
    assertThat(told.getFirst().getValue()).isEqualTo(1.5);
    assertThat(told.getLast().getTimeUnixNano()).isEqualTo(2);
    assertThat(told.getRatePerSecond()).isEqualTo(0.25);
    assertThat(told.hasSkewness()).isTrue();
    assertThat(told.getKurtosis()).isEqualTo(-1.5);
    assertThat(told.getQuantiles(0).getRank()).isEqualTo(0.5);
    assertThat(told.getQuantiles(0).getValue()).isEqualTo(3);
    assertThat(told.getEwmaMean()).isEqualTo(7);
    assertThat(told.hasEwmaVariance()).isTrue();
  }

  @Test
  void windowsOfAKeyAreOldestFirstWhateverTheirOrderInTheStream() {
    StreamDefinition stream =
        stream(
            List.of(
                new NamedWindow("second", new WindowDefinition.Tumbling(1_000_000_000, 0)),
                new NamedWindow("all", new WindowDefinition.Total())),
            Statistics.BASIC);
    KeyState state =
        KeyState.empty(stream)
            .decide(
                stream,
                List.of(
                    new KeyBatch(
                        "", 0, new long[] {500_000_000, 2_500_000_000L}, new double[] {1, 2})),
                0)
            .after();
    assertThat(Protos.keyState(KEY, state).getWindowsList())
        .extracting(io.thalweg.v1.Window::getName, io.thalweg.v1.Window::getStartUnixNano)
        .containsExactly(
            tuple("second", 0L), tuple("all", 500_000_000L), tuple("second", 2_000_000_000L));
  }

  @Test
  void definitionTellsAllWindowsAndTheFirstOneOnItsOwn() {
    io.thalweg.v1.StreamDefinition told =
        StreamProtos.definition(
            stream(
                List.of(
                    new NamedWindow("a", new WindowDefinition.Tumbling(10_000_000, 1)),
                    new NamedWindow(
                        "b",
                        new WindowDefinition.Hopping(20_000_000, 10_000_000, 2),
                        new Emission.Every(5_000_000)),
                    new NamedWindow(
                        "c", new WindowDefinition.Session(3_000_000), Emission.EveryBatch.INSTANCE),
                    new NamedWindow("d", new WindowDefinition.TumblingCount(4)),
                    new NamedWindow("e", new WindowDefinition.SlidingCount(5)),
                    new NamedWindow("f", new WindowDefinition.Total())),
                new Statistics(
                    true,
                    false,
                    true,
                    Optional.of(new Statistics.Quantiles(List.of(0.5), 0.01)),
                    OptionalLong.of(60_000_000_000L))));
    assertThat(told.getWindow()).isEqualTo(told.getWindows(0));
    assertThat(told.getWindows(0).getTumbling().getOffsetNanos()).isEqualTo(1);
    assertThat(told.getWindows(1).getSlidingTime().getOffsetNanos()).isEqualTo(2);
    assertThat(told.getWindows(1).getEveryNanos()).isEqualTo(5_000_000);
    assertThat(told.getWindows(2).getSession().getGapNanos()).isEqualTo(3_000_000);
    assertThat(told.getWindows(2).getEveryBatch()).isTrue();
    assertThat(told.getWindows(3).getTumblingCount().getSize()).isEqualTo(4);
    assertThat(told.getWindows(4).getSlidingCount().getSize()).isEqualTo(5);
    assertThat(told.getWindows(5).hasTotal()).isTrue();
    assertThat(told.getDetector().getWindow()).isEqualTo("a");
    assertThat(told.getAllowedLatenessNanos()).isEqualTo(2);
    assertThat(told.getIdleTimeoutNanos()).isEqualTo(3);
    assertThat(told.getStatistics().getEnds()).isTrue();
    assertThat(told.getStatistics().getRate()).isFalse();
    assertThat(told.getStatistics().getQuantilesList()).containsExactly(0.5);
    assertThat(told.getStatistics().getEwmaHalfLifeNanos()).isEqualTo(60_000_000_000L);
  }

  private static io.thalweg.v1.Summary told(Summary summary) {
    return Protos.update(KEY, 1, new Outcome.WindowClosed(new Window("w", 1, 2, true, 0, summary)))
        .getWindowClosed()
        .getSummary();
  }

  private static StreamDefinition stream(List<NamedWindow> windows, Statistics statistics) {
    return new StreamDefinition(
        "s",
        windows,
        Optional.of(
            new WindowDetector(
                windows.getFirst().name(), new DetectorDefinition.ZScore(1_000, 1_000))),
        new TimeRules(0, 2, 3, 4),
        5,
        statistics);
  }
}
