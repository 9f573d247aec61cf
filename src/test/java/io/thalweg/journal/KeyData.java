package io.thalweg.journal;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.detect.Finding;
import io.thalweg.domain.key.DetectorSnapshot;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.AggregateFold;
import io.thalweg.domain.stats.DecayedMoments;
import io.thalweg.domain.stats.Details;
import io.thalweg.domain.stats.Ends;
import io.thalweg.domain.stats.Extras;
import io.thalweg.domain.stats.HigherMoments;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.stats.Total;
import io.thalweg.domain.window.Emission;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.domain.window.WindowSnapshot;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Events and snapshots in which each field has a value of its own. The golden bytes are theirs. */
final class KeyData {
  private static final long HOUR = 3_600_000_000_000L;
  private static final Summary SUMMARY = new Summary(3, 1.5, 0.25, 0.375, 1, 2, 4.5);
  private static final Total TOTAL = new Total(4, 1.5, 0.5, 1e-20, 2.5, -1e-20, -3, 4);
  private static final Aggregate SLICE = new Aggregate(TOTAL, Extras.NONE);
  private static final Window WINDOW = new Window("window", -60_000, 0, true, 0, SUMMARY);
  private static final Statistics EVERY_STATISTIC =
      new Statistics(
          true,
          true,
          true,
          Optional.of(new Statistics.Quantiles(List.of(0.5, 0.99), 0.01)),
          OptionalLong.of(60_000_000_000L));
  private static final Window DETAILED =
      new Window("hour", 1, 3_600_000_000_001L, true, 2, SUMMARY.with(details()));
  private static final Aggregate KEPT = new Aggregate(TOTAL, extras());

  static final StreamDefinition COUNT =
      new StreamDefinition(
          "payments",
          List.of(new NamedWindow("window", new WindowDefinition.SlidingCount(100))),
          Optional.of(new WindowDetector("window", new DetectorDefinition.ZScore(3.5, 10))),
          new TimeRules(2_000_000_000L, 0, 0, 60_000_000_000L),
          64,
          Statistics.BASIC);
  static final StreamDefinition TIME =
      new StreamDefinition(
          "traffic",
          List.of(
              new NamedWindow(
                  "window", new WindowDefinition.Hopping(60_000_000_000L, 1_000_000_000L, 0))),
          Optional.empty(),
          new TimeRules(0, 0, 0, 0),
          1,
          Statistics.BASIC);
  static final StreamDefinition EVERYTHING =
      new StreamDefinition(
          "everything",
          List.of(
              new NamedWindow("hour", new WindowDefinition.Tumbling(HOUR, HOUR / 2)),
              new NamedWindow(
                  "minute",
                  new WindowDefinition.Hopping(60_000_000_000L, 1_000_000_000L, 500_000_000L),
                  new Emission.Every(10_000_000_000L)),
              new NamedWindow(
                  "visit",
                  new WindowDefinition.Session(30_000_000_000L),
                  Emission.EveryBatch.INSTANCE),
              new NamedWindow("ten", new WindowDefinition.TumblingCount(10)),
              new NamedWindow("newest", new WindowDefinition.SlidingCount(100)),
              new NamedWindow("all", new WindowDefinition.Total())),
          Optional.of(new WindowDetector("newest", new DetectorDefinition.ZScore(4, 30))),
          new TimeRules(1, 2, 3, 4),
          5,
          EVERY_STATISTIC);

  static final StreamDefinition SURPRISED =
      new StreamDefinition(
          "sensors",
          List.of(new NamedWindow("all", new WindowDefinition.Total())),
          Optional.of(
              WindowDetector.ofKey(
                  new DetectorDefinition.Surprise(3.5, 0.05, 2_000, 120, 2.5, 7, true))),
          new TimeRules(0, 0, 0, 0, ZoneId.of("Europe/Berlin")),
          2,
          Statistics.BASIC);

  private KeyData() {}

  static KeyEvent.Recorded surprised() {
    return new KeyEvent.Recorded(
        Optional.of(SURPRISED),
        3,
        List.of(new KeyBatch("", 0, new long[] {1}, new double[] {99})),
        List.of(
            new Outcome.AnomalyRaised(surprise("range", new Finding.OutOfRange(1, 2, 2_048))),
            new Outcome.AnomalyRaised(surprise("shift", new Finding.Unusual(1.5, 0.5, 4, 16))),
            new Outcome.AnomalyRaised(surprise("above", new Finding.OverLimit(90)))));
  }

  static KeySnapshot snapshotOfSurprised() {
    return new KeySnapshot(
        SURPRISED,
        3,
        1,
        2,
        TOTAL,
        0,
        3,
        Optional.of(new Sample(1, 99)),
        List.of(),
        List.of(new WindowSnapshot.Running(1, 1, SLICE, Optional.empty())),
        Optional.of(surprise("spike", new Finding.Unusual(1.5, 0.5, 99, 1))),
        Optional.of(new DetectorSnapshot("surprise/1", new double[] {1.5, -0.0, 0, 1e300})));
  }

  private static Anomaly surprise(String view, Finding finding) {
    return new Anomaly(new Sample(1, 99), 4.5, 3.5, "surprise/1", view, SUMMARY, finding);
  }

  static KeyEvent.Recorded recorded() {
    KeyBatch numbered =
        new KeyBatch(
            "till-7",
            42,
            new long[] {1_700_000_000_000_000_000L, 1_700_000_000_000_000_001L, -5},
            new double[] {1.5, -0.0, 1e300});
    KeyBatch anonymous = new KeyBatch("", 0, new long[0], new double[0]);
    Anomaly anomaly = new Anomaly(new Sample(7, 99), 4.5, 3.5, "z-score", "value", SUMMARY);
    return new KeyEvent.Recorded(
        Optional.of(COUNT),
        1_700_000_000_000_000_002L,
        List.of(numbered, anonymous),
        List.of(
            new Outcome.WindowClosed(WINDOW),
            new Outcome.WindowUpdated(new Window("hour", 1, 2, false, 0, SUMMARY)),
            new Outcome.AnomalyRaised(anomaly),
            new Outcome.LateSample(new Sample(-1, 2.5))));
  }

  static KeyEvent.Idled idled() {
    return new KeyEvent.Idled(
        Optional.of(EVERYTHING),
        1_700_000_000_000_000_003L,
        List.of(new Outcome.WindowClosed(DETAILED)));
  }

  static KeySnapshot snapshot(long version) {
    return new KeySnapshot(
        COUNT,
        version,
        1_700_000_000_000_000_000L,
        1_700_000_000_000_000_002L,
        TOTAL,
        5,
        6,
        Optional.of(new Sample(8, 9.5)),
        List.of(
            new KeySnapshot.Producer("till-7", 42, new long[] {-1, 0, Long.MIN_VALUE, 1}),
            new KeySnapshot.Producer("till-ä", 1, new long[4])),
        List.of(
            new WindowSnapshot.SlidingCount(1.25, 1, new long[] {-5, 10}, new double[] {1, -0.0})));
  }

  static KeySnapshot snapshotOfEverything() {
    return new KeySnapshot(
        EVERYTHING,
        9,
        -1,
        -2,
        TOTAL,
        0,
        0,
        Optional.empty(),
        List.of(),
        List.of(
            new WindowSnapshot.Hopping(
                Long.MIN_VALUE, 0, 0, List.of(), List.of(), Optional.empty()),
            new WindowSnapshot.Hopping(
                -3,
                1.5,
                2,
                List.of(new WindowSnapshot.Slice(-2, SLICE), new WindowSnapshot.Slice(5, KEPT)),
                List.of(new WindowSnapshot.Revision(-60, 3)),
                Optional.of(DETAILED)),
            new WindowSnapshot.Sessions(
                7, List.of(new WindowSnapshot.Session(8, 9, 1, KEPT)), Optional.of(WINDOW)),
            new WindowSnapshot.Running(10, 11, KEPT, Optional.of(WINDOW)),
            new WindowSnapshot.SlidingCount(0, 0, new long[0], new double[0]),
            new WindowSnapshot.Running(12, 13, SLICE, Optional.empty())));
  }

  private static Details details() {
    return new Details(
        Optional.of(new Sample(1, 1.25)),
        Optional.of(new Sample(2, 2.25)),
        OptionalDouble.of(0.125),
        Optional.of(new Details.Shape(0.5, -1.5)),
        List.of(new Details.Quantile(0.5, 1.5), new Details.Quantile(0.99, 2)),
        Optional.of(new Details.Decayed(1.75, 0.0625)));
  }

  private static Extras extras() {
    AggregateFold sketched = Aggregate.EMPTY.fold(EVERY_STATISTIC);
    sketched.add(1, 1.5);
    sketched.add(2, -3);
    return new Extras(
        Optional.of(new Ends(new Sample(1, 1.25), new Sample(2, 2.25))),
        Optional.of(new HigherMoments(4, 1.5, 0.125, 2.5, -0.5, 7)),
        Optional.of(new DecayedMoments(2, 1.5, 1.25, 0.5, 0.75)),
        sketched.aggregate().extras().sketch());
  }
}
