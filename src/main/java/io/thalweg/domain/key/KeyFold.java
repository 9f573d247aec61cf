package io.thalweg.domain.key;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.detect.Detector;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.TotalFold;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowFold;
import io.thalweg.domain.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Folds the batches of one event into a state, and notes what they cause. Of one thread. Nothing is
 * allocated per sample, but for what a sample causes.
 */
final class KeyFold {
  private final KeyState from;
  private final StreamDefinition definition;
  private final Detector detector;
  private final TotalFold total;
  private final WindowFold windows;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Consumer<Window> onClosed;

  private Producers producers;
  private long timeMaxNanos;
  private long late;
  private long anomalies;
  private long lastTimeNanos;
  private double lastValue;

  /** Windows of another definition start anew; all else goes on. */
  KeyFold(KeyState from, StreamDefinition definition) {
    this.from = from;
    this.definition = definition;
    onClosed = this::noteClosed;
    detector = Detector.of(definition.detector());
    total = from.sum.fold();
    windows =
        definition.window().equals(from.definition.window())
            ? from.windows.fold()
            : Windows.empty(definition.window()).fold();
    producers = from.producers;
    timeMaxNanos = from.timeMaxNanos;
    late = from.late;
    anomalies = from.anomalies;
    from.watermarkNanos(definition).ifPresent(watermark -> windows.advance(watermark, onClosed));
  }

  /** Folds in a batch that was not counted before and says how many of its samples were late. */
  int add(KeyBatch batch) {
    producers = producers.with(batch);
    long lateBefore = late;
    long[] times = batch.timesNanos();
    double[] values = batch.values();
    for (int i = 0; i < values.length; i++) {
      add(times[i], values[i]);
    }
    return Math.toIntExact(late - lateBefore);
  }

  /** With those of the batches that were added. */
  Producers producers() {
    return producers;
  }

  /** What the batches caused, in the order of their samples. */
  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /** The state with all of it folded in. */
  KeyState after() {
    return new KeyState(
        definition,
        from.version() + 1,
        timeMaxNanos,
        total.total(),
        late,
        anomalies,
        total.count() == from.sum.count()
            ? from.last()
            : Optional.of(new Sample(lastTimeNanos, lastValue)),
        producers,
        windows.freeze());
  }

  private void noteClosed(Window window) {
    outcomes.add(new Outcome.WindowClosed(window));
  }

  private void add(long timeNanos, double value) {
    if (windows.open(timeNanos)) {
      Optional<Anomaly> anomaly = detector.judge(timeNanos, value, windows.before());
      if (anomaly.isPresent()) {
        anomalies++;
        outcomes.add(new Outcome.AnomalyRaised(anomaly.get()));
      }
      windows.add(timeNanos, value);
    } else {
      late++;
      outcomes.add(new Outcome.LateSample(new Sample(timeNanos, value)));
    }
    lastTimeNanos = timeNanos;
    lastValue = value;
    boolean newest = total.count() == 0 || timeNanos > timeMaxNanos;
    total.add(value);
    if (newest) {
      timeMaxNanos = timeNanos;
      windows.advance(definition.watermarkNanos(timeNanos), onClosed);
    }
  }
}
