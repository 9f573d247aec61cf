package io.thalweg.domain.key;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.detect.Detector;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.detect.DetectorMemory;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.TotalFold;
import io.thalweg.domain.window.Emission;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowFold;
import io.thalweg.domain.window.WindowListener;
import io.thalweg.domain.window.WindowSetup;
import io.thalweg.domain.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folds what one event holds into a state, and notes what it causes. Of one thread. Nothing is
 * allocated per sample, but for what a sample causes.
 */
final class KeyFold implements WindowListener {
  private static final int NOBODY = -1;

  private final KeyState from;
  private final StreamDefinition definition;
  private final Detector detector;

  /** Whether the detector judges all samples, against none of the windows. */
  private final boolean judgesAll;

  /** Which of the windows the detector judges against. */
  private final int judging;

  private final TotalFold total;
  private final WindowFold[] windows;
  private final ProducersFold producers;
  private final List<Outcome> outcomes = new ArrayList<>(0);

  private long timeMaxNanos;
  private long watermarkNanos = Long.MIN_VALUE;
  private long late;
  private long anomalies;
  private Optional<Anomaly> lastAnomaly;
  private long lastTimeNanos;
  private double lastValue;

  /**
   * Windows and the detector of another definition start anew; all else goes on.
   *
   * @param producers counts the batches, and is asked for what it counted at the end
   */
  KeyFold(KeyState from, StreamDefinition definition, ProducersFold producers) {
    this.from = from;
    this.definition = definition;
    this.producers = producers;
    Optional<DetectorDefinition> wanted = wanted(definition);
    detector = Detector.of(wanted, definition.time().zone(), memory());
    judgesAll = wanted.isPresent() && !wanted.get().judgesWindow();
    judging =
        wanted.isEmpty() || judgesAll
            ? NOBODY
            : indexOf(definition, definition.detector().get().window());
    total = from.sum.fold();
    windows = folds();
    timeMaxNanos = from.timeMaxNanos;
    late = from.late;
    anomalies = from.anomalies;
    lastAnomaly = from.lastAnomaly;
    from.watermarkNanos(definition).ifPresent(this::advance);
  }

  /** Folds in the samples of a batch that counts, and says how many of them were late. */
  int add(KeyBatch batch) {
    long lateBefore = late;
    long[] times = batch.timesNanos();
    double[] values = batch.values();
    for (int i = 0; i < values.length; i++) {
      add(times[i], values[i]);
    }
    return Math.toIntExact(late - lateBefore);
  }

  /** The last batch of the event was added. */
  void batchesEnd() {
    for (int i = 0; i < windows.length; i++) {
      if (definition.windows().get(i).emission() == Emission.EveryBatch.INSTANCE) {
        windows[i].update(true);
      }
    }
  }

  /** Closes the windows that wait for time to go on. */
  void idle() {
    for (WindowFold window : windows) {
      window.closeAll();
    }
  }

  /** What the event caused, in the order of its samples. */
  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /**
   * The state with all of it folded in.
   *
   * @param arrivalNanos of the newest samples
   */
  KeyState after(long arrivalNanos) {
    Windows[] frozen = new Windows[windows.length];
    for (int i = 0; i < frozen.length; i++) {
      frozen[i] = windows[i].freeze();
    }
    return new KeyState(
        definition,
        from.version() + 1,
        timeMaxNanos,
        arrivalNanos,
        total.total(),
        late,
        anomalies,
        total.count() == from.sum.count()
            ? from.last()
            : Optional.of(new Sample(lastTimeNanos, lastValue)),
        producers.freeze(),
        List.of(frozen),
        lastAnomaly,
        detector.freeze());
  }

  @Override
  public void closed(Window window) {
    outcomes.add(new Outcome.WindowClosed(window));
  }

  @Override
  public void updated(Window window) {
    outcomes.add(new Outcome.WindowUpdated(window));
  }

  private void add(long timeNanos, double value) {
    int lost = 0;
    for (int i = 0; i < windows.length; i++) {
      WindowFold window = windows[i];
      if (!window.open(timeNanos)) {
        lost++;
      } else {
        if (i == judging) {
          judge(timeNanos, value, window.before());
        }
        window.add(timeNanos, value);
      }
    }
    if (judgesAll && lost < windows.length) {
      judge(timeNanos, value, LiveSummary.NOTHING);
    }
    if (lost > 0) {
      late++;
      outcomes.add(new Outcome.LateSample(new Sample(timeNanos, value)));
    }
    lastTimeNanos = timeNanos;
    lastValue = value;
    boolean newest = total.count() == 0 || timeNanos > timeMaxNanos;
    total.add(value);
    if (newest) {
      timeMaxNanos = timeNanos;
      advance(definition.time().watermarkNanos(timeNanos));
    }
  }

  private void judge(long timeNanos, double value, LiveSummary before) {
    Optional<Anomaly> anomaly = detector.judge(timeNanos, value, before);
    if (anomaly.isPresent()) {
      anomalies++;
      lastAnomaly = anomaly;
      outcomes.add(new Outcome.AnomalyRaised(anomaly.get()));
    }
  }

  private void advance(long watermark) {
    for (int i = 0; i < windows.length; i++) {
      windows[i].advance(watermark);
      if (watermarkNanos != Long.MIN_VALUE
          && definition.windows().get(i).emission() instanceof Emission.Every every
          && Math.floorDiv(watermark, every.nanos())
              > Math.floorDiv(watermarkNanos, every.nanos())) {
        windows[i].update(false);
      }
    }
    watermarkNanos = Math.max(watermarkNanos, watermark);
  }

  /** What the detector remembers; nothing where it is another one. */
  private DetectorMemory memory() {
    return wanted(definition).equals(wanted(from.definition))
            && definition.time().zone().equals(from.definition.time().zone())
        ? from.memory
        : DetectorMemory.EMPTY;
  }

  private static Optional<DetectorDefinition> wanted(StreamDefinition definition) {
    return definition.detector().map(WindowDetector::definition);
  }

  private WindowFold[] folds() {
    List<Windows> start =
        definition.equals(from.definition)
            ? from.windows
            : definition.setups().stream().map(this::before).toList();
    WindowFold[] folds = new WindowFold[start.size()];
    for (int i = 0; i < folds.length; i++) {
      folds[i] = start.get(i).fold(this);
    }
    return folds;
  }

  private Windows before(WindowSetup setup) {
    for (Windows known : from.windows) {
      if (known.setup().equals(setup)) {
        return known;
      }
    }
    return Windows.empty(setup);
  }

  private static int indexOf(StreamDefinition definition, String window) {
    int index = 0;
    while (!definition.windows().get(index).name().equals(window)) {
      index++;
    }
    return index;
  }
}
