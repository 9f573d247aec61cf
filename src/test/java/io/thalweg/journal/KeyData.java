package io.thalweg.journal;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.Extras;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.stats.Total;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.domain.window.WindowSnapshot;
import java.util.List;
import java.util.Optional;

/** Events and snapshots in which each field has a value of its own. The golden bytes are theirs. */
final class KeyData {
  private static final Summary SUMMARY = new Summary(3, 1.5, 0.25, 0.375, 1, 2, 4.5);
  private static final Total TOTAL = new Total(4, 1.5, 0.5, 1e-20, 2.5, -1e-20, -3, 4);
  private static final Aggregate SLICE = new Aggregate(TOTAL, Extras.NONE);
  private static final Window WINDOW = new Window("", -60_000, 0, true, 0, SUMMARY);

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

  private KeyData() {}

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
        0,
        List.of(numbered, anonymous),
        List.of(
            new Outcome.WindowClosed(WINDOW),
            new Outcome.AnomalyRaised(anomaly),
            new Outcome.LateSample(new Sample(-1, 2.5))));
  }

  static KeySnapshot snapshot(long version) {
    return new KeySnapshot(
        COUNT,
        version,
        1_700_000_000_000_000_000L,
        0,
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

  static KeySnapshot snapshotOfTime() {
    return new KeySnapshot(
        TIME,
        9,
        -1,
        0,
        TOTAL,
        0,
        0,
        Optional.empty(),
        List.of(),
        List.of(
            new WindowSnapshot.Hopping(
                -3,
                1.5,
                2,
                List.of(new WindowSnapshot.Slice(-2, SLICE), new WindowSnapshot.Slice(5, SLICE)),
                List.of(),
                Optional.of(WINDOW))));
  }
}
