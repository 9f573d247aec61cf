package io.thalweg.domain.key;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.detect.DetectorMemory;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.stats.Total;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowSetup;
import io.thalweg.domain.window.WindowSnapshot;
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
public final class KeyState implements KeyView {
  final StreamDefinition definition;
  final long timeMaxNanos;
  final Total sum;
  final long late;
  final Producers producers;
  final List<Windows> windows;
  final long arrivalNanos;
  final long anomalies;
  final Optional<Anomaly> lastAnomaly;
  final DetectorMemory memory;
  private final long version;
  private final Optional<Sample> last;

  KeyState(
      StreamDefinition definition,
      long version,
      long timeMaxNanos,
      long arrivalNanos,
      Total sum,
      long late,
      long anomalies,
      Optional<Sample> last,
      Producers producers,
      List<Windows> windows,
      Optional<Anomaly> lastAnomaly,
      DetectorMemory memory) {
    this.definition = definition;
    this.version = version;
    this.timeMaxNanos = timeMaxNanos;
    this.arrivalNanos = arrivalNanos;
    this.sum = sum;
    this.late = late;
    this.anomalies = anomalies;
    this.last = last;
    this.producers = producers;
    this.windows = windows;
    this.lastAnomaly = lastAnomaly;
    this.memory = memory;
  }

  /** Of a key that has never been heard of. */
  public static KeyState empty(StreamDefinition definition) {
    return new KeyState(
        definition,
        0,
        0,
        0,
        Total.EMPTY,
        0,
        0,
        Optional.empty(),
        Producers.NONE,
        definition.setups().stream().map(Windows::empty).toList(),
        Optional.empty(),
        DetectorMemory.EMPTY);
  }

  /**
   * Decides what to do with batches. All that are to be counted become one event. A batch without
   * samples is counted as such and leaves no trace.
   *
   * @param definition the stream's definition as it is configured now
   * @param batches in order of arrival
   * @param arrivalNanos the time by this node's clock; a clock that went back is taken to stand
   *     still
   */
  public Decision decide(StreamDefinition definition, List<KeyBatch> batches, long arrivalNanos) {
    BatchResult[] results = new BatchResult[batches.size()];
    ProducersFold known = producers.fold();
    @Nullable KeyFold fold = null;
    int counted = 0;
    for (int i = 0; i < results.length; i++) {
      KeyBatch batch = batches.get(i);
      @Nullable BatchResult refusal =
          batch.size() == 0
              ? BatchResult.Counted.of(0, 0)
              : known.count(batch, definition.producersMax());
      if (refusal != null) {
        results[i] = refusal;
      } else {
        fold = fold == null ? new KeyFold(this, definition, known) : fold;
        results[i] = BatchResult.Counted.of(batch.size(), fold.add(batch));
        counted++;
      }
    }
    return fold == null
        ? new Decision(Optional.empty(), this, List.of(results))
        : decision(fold, counted(batches, results, counted), results, arrivalNanos);
  }

  private static List<KeyBatch> counted(
      List<KeyBatch> batches, BatchResult[] results, int counted) {
    if (counted == results.length) {
      return List.copyOf(batches);
    }
    KeyBatch[] those = new KeyBatch[counted];
    int at = 0;
    for (int i = 0; i < results.length; i++) {
      if (results[i] instanceof BatchResult.Counted c && c.samples() > 0) {
        those[at++] = batches.get(i);
      }
    }
    return List.of(those);
  }

  /**
   * Decides what to do with a key of which nothing was heard. Where its idle time is over, its
   * windows close; otherwise there is no event.
   *
   * @param definition the stream's definition as it is configured now
   * @param nowNanos the time by this node's clock
   */
  public Decision decideIdle(StreamDefinition definition, long nowNanos) {
    OptionalLong deadline = idleDeadlineNanos(definition);
    if (deadline.isEmpty() || nowNanos < deadline.getAsLong()) {
      return new Decision(Optional.empty(), this, List.of());
    }
    KeyFold fold = new KeyFold(this, definition, producers.fold());
    fold.idle();
    KeyState after = fold.after(arrivalNanos);
    KeyEvent event = new KeyEvent.Idled(toTell(definition), nowNanos, fold.outcomes());
    return new Decision(Optional.of(event), after, List.of());
  }

  /**
   * When, by the clock, this key's windows close if no sample comes; empty where none of them waits
   * for time to go on, or the stream has no idle timeout. It follows from the journal alone.
   */
  public OptionalLong idleDeadlineNanos(StreamDefinition definition) {
    long timeout = definition.time().idleTimeoutNanos();
    if (timeout == 0 || windows.stream().noneMatch(Windows::waitForTime)) {
      return OptionalLong.empty();
    }
    long deadline = arrivalNanos + timeout;
    return OptionalLong.of(deadline < arrivalNanos ? Long.MAX_VALUE : deadline);
  }

  private Decision decision(
      KeyFold fold, List<KeyBatch> counted, BatchResult[] results, long arrivalNanos) {
    long arrival = Math.max(arrivalNanos, this.arrivalNanos);
    fold.batchesEnd();
    KeyState after = fold.after(arrival);
    KeyEvent event =
        new KeyEvent.Recorded(toTell(after.definition), arrival, counted, fold.outcomes());
    return new Decision(Optional.of(event), after, List.of(results));
  }

  private Optional<StreamDefinition> toTell(StreamDefinition next) {
    return version == 0 || !next.equals(definition) ? Optional.of(next) : Optional.empty();
  }

  /** When to look at this key because no sample may have come; empty where there is no need. */
  public Optional<IdleDeadline> idleDeadline(StreamDefinition definition) {
    OptionalLong deadline = idleDeadlineNanos(definition);
    return deadline.isEmpty()
        ? Optional.empty()
        : Optional.of(
            IdleDeadline.from(deadline.getAsLong(), definition.time().idleTimeoutNanos()));
  }

  /** Folds in a fact from the journal. What it caused before, it causes again. */
  public KeyState evolve(KeyEvent event) {
    return replay(event, event.definition().orElse(definition)).after();
  }

  /**
   * Folds in a fact from the journal as if a definition had been the stream's then. Batches were
   * counted, whatever that definition says of producers.
   *
   * @param definition followed from here on, instead of the one that the event tells of
   */
  public Replayed replay(KeyEvent event, StreamDefinition definition) {
    ProducersFold known = producers.fold();
    KeyFold fold = new KeyFold(this, definition, known);
    return switch (event) {
      case KeyEvent.Recorded recorded -> {
        for (KeyBatch batch : recorded.batches()) {
          known.add(batch);
          fold.add(batch);
        }
        fold.batchesEnd();
        yield new Replayed(fold.after(recorded.arrivalNanos()), fold.outcomes());
      }
      case KeyEvent.Idled idled -> {
        fold.idle();
        yield new Replayed(fold.after(arrivalNanos), fold.outcomes());
      }
    };
  }

  /** The definition that this state follows. */
  public StreamDefinition definition() {
    return definition;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public OptionalLong watermarkNanos() {
    return watermarkNanos(definition);
  }

  /** The watermark as another definition would have it. */
  OptionalLong watermarkNanos(StreamDefinition other) {
    return sum.count() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(other.time().watermarkNanos(timeMaxNanos));
  }

  @Override
  public Summary total() {
    return sum.summary();
  }

  @Override
  public List<Window> windows() {
    List<Window> all = new ArrayList<>();
    windows.forEach(w -> all.addAll(w.windows()));
    return List.copyOf(all);
  }

  /** When the newest samples arrived, by the clock of the node that had the key; 0 at first. */
  public long arrivalNanos() {
    return arrivalNanos;
  }

  @Override
  public long late() {
    return late;
  }

  @Override
  public Optional<Sample> last() {
    return last;
  }

  @Override
  public long anomalies() {
    return anomalies;
  }

  @Override
  public Optional<Anomaly> lastAnomaly() {
    return lastAnomaly;
  }

  /** All that {@link #restore} needs, as plain data. */
  public KeySnapshot snapshot() {
    return new KeySnapshot(
        definition,
        version,
        timeMaxNanos,
        arrivalNanos,
        sum,
        late,
        anomalies,
        last,
        producers.snapshot(),
        windows.stream().map(Windows::snapshot).toList(),
        lastAnomaly,
        DetectorSnapshot.of(definition, memory));
  }

  /** A state that goes on, bit for bit, as the one did that the snapshot was taken of. */
  public static KeyState restore(KeySnapshot snapshot) {
    return new KeyState(
        snapshot.definition(),
        snapshot.version(),
        snapshot.timeMaxNanos(),
        snapshot.arrivalNanos(),
        snapshot.total(),
        snapshot.late(),
        snapshot.anomalies(),
        snapshot.last(),
        Producers.restore(snapshot.producers()),
        restore(snapshot.definition().setups(), snapshot.windows()),
        snapshot.lastAnomaly(),
        snapshot
            .detector()
            .map(detector -> detector.restore(snapshot.definition()))
            .orElse(DetectorMemory.EMPTY));
  }

  private static List<Windows> restore(List<WindowSetup> setups, List<WindowSnapshot> snapshots) {
    if (setups.size() != snapshots.size()) {
      throw new IllegalArgumentException(
          "a snapshot has the state of each window: " + snapshots.size() + " for " + setups.size());
    }
    List<Windows> windows = new ArrayList<>(setups.size());
    for (int i = 0; i < setups.size(); i++) {
      windows.add(Windows.restore(setups.get(i), snapshots.get(i)));
    }
    return List.copyOf(windows);
  }
}
