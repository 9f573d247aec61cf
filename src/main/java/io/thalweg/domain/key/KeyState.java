package io.thalweg.domain.key;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.stats.Total;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one key. A value: {@link #decide} and {@link #evolve} leave it as it is and
 * give a new one.
 *
 * <p>The state is a function of the events: folding the same events gives the same bits, whether by
 * {@link #decide}, by {@link #evolve} or by a {@link #restore} in between. Of all states of one key
 * one at a time is asked to decide or to evolve; what they know may be read by anyone.
 */
public final class KeyState {
  final StreamDefinition definition;
  final long timeMaxNanos;
  final Total sum;
  final long late;
  final Producers producers;
  final Windows windows;
  final long anomalies;
  private final long version;
  private final Optional<Sample> last;

  KeyState(
      StreamDefinition definition,
      long version,
      long timeMaxNanos,
      Total sum,
      long late,
      long anomalies,
      Optional<Sample> last,
      Producers producers,
      Windows windows) {
    this.definition = definition;
    this.version = version;
    this.timeMaxNanos = timeMaxNanos;
    this.sum = sum;
    this.late = late;
    this.anomalies = anomalies;
    this.last = last;
    this.producers = producers;
    this.windows = windows;
  }

  /** Of a key that has never been heard of. */
  public static KeyState empty(StreamDefinition definition) {
    return new KeyState(
        definition,
        0,
        0,
        Total.EMPTY,
        0,
        0,
        Optional.empty(),
        Producers.NONE,
        Windows.empty(definition.window()));
  }

  /**
   * Decides what to do with batches. All that are to be counted become one event. A batch without
   * samples is counted as such and leaves no trace.
   *
   * @param definition the stream's definition as it is configured now
   * @param batches in order of arrival
   */
  public Decision decide(StreamDefinition definition, List<KeyBatch> batches) {
    List<BatchResult> results = new ArrayList<>(batches.size());
    List<KeyBatch> counted = new ArrayList<>(batches.size());
    @Nullable KeyFold fold = null;
    for (KeyBatch batch : batches) {
      Producers known = fold == null ? producers : fold.producers();
      Optional<BatchResult> refusal = known.refusal(batch, definition.producersMax());
      if (batch.size() == 0) {
        results.add(new BatchResult.Counted(0, 0));
      } else if (refusal.isPresent()) {
        results.add(refusal.get());
      } else {
        fold = fold == null ? new KeyFold(this, definition) : fold;
        results.add(new BatchResult.Counted(batch.size(), fold.add(batch)));
        counted.add(batch);
      }
    }
    return fold == null
        ? new Decision(Optional.empty(), this, List.copyOf(results))
        : decision(fold, counted, results);
  }

  private Decision decision(KeyFold fold, List<KeyBatch> counted, List<BatchResult> results) {
    KeyState after = fold.after();
    boolean tellDefinition = version == 0 || !after.definition.equals(definition);
    KeyEvent event =
        new KeyEvent.Recorded(
            tellDefinition ? Optional.of(after.definition) : Optional.empty(),
            List.copyOf(counted),
            fold.outcomes());
    return new Decision(Optional.of(event), after, List.copyOf(results));
  }

  /** Folds in a fact from the journal. What it caused before, it causes again. */
  public KeyState evolve(KeyEvent event) {
    return switch (event) {
      case KeyEvent.Recorded recorded -> {
        KeyFold fold = new KeyFold(this, recorded.definition().orElse(definition));
        recorded.batches().forEach(fold::add);
        yield fold.after();
      }
    };
  }

  /** The definition that this state follows. */
  public StreamDefinition definition() {
    return definition;
  }

  /** How many events were folded in. */
  public long version() {
    return version;
  }

  /** The largest event time minus the allowed disorder; empty before the first sample. */
  public OptionalLong watermarkNanos() {
    return watermarkNanos(definition);
  }

  /** The watermark as another definition would have it. */
  OptionalLong watermarkNanos(StreamDefinition other) {
    return sum.count() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(other.watermarkNanos(timeMaxNanos));
  }

  /** Of all samples ever counted. */
  public Summary total() {
    return sum.summary();
  }

  /** The last closed window and the open ones, oldest first. */
  public List<Window> windows() {
    return windows.windows();
  }

  /** How many samples were too late for their windows. */
  public long late() {
    return late;
  }

  /** The sample that was counted last. */
  public Optional<Sample> last() {
    return last;
  }

  /** How many anomalies were raised. */
  public long anomalies() {
    return anomalies;
  }

  /** All that {@link #restore} needs, as plain data. */
  public KeySnapshot snapshot() {
    return new KeySnapshot(
        definition,
        version,
        timeMaxNanos,
        sum,
        late,
        anomalies,
        last,
        producers.snapshot(),
        windows.snapshot());
  }

  /** A state that goes on, bit for bit, as the one did that the snapshot was taken of. */
  public static KeyState restore(KeySnapshot snapshot) {
    return new KeyState(
        snapshot.definition(),
        snapshot.version(),
        snapshot.timeMaxNanos(),
        snapshot.total(),
        snapshot.late(),
        snapshot.anomalies(),
        snapshot.last(),
        Producers.restore(snapshot.producers()),
        Windows.restore(snapshot.definition().window(), snapshot.window()));
  }
}
