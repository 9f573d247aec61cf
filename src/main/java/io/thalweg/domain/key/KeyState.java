package io.thalweg.domain.key;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.window.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that is known of one key. A value: {@link #decide} and {@link #evolve} leave it as it is and
 * give a new one.
 */
public final class KeyState {
  private KeyState() {}

  /** Of a key that has never been heard of. */
  public static KeyState empty(StreamDefinition definition) {
    throw new UnsupportedOperationException();
  }

  /**
   * Decides what to do with batches.
   *
   * @param definition the stream's definition as it is configured now
   * @param batches in order of arrival
   */
  public Decision decide(StreamDefinition definition, List<KeyBatch> batches) {
    throw new UnsupportedOperationException();
  }

  /** Folds in a fact from the journal. */
  public KeyState evolve(KeyEvent event) {
    throw new UnsupportedOperationException();
  }

  /** The definition that this state follows. */
  public StreamDefinition definition() {
    throw new UnsupportedOperationException();
  }

  /** How many events were folded in. */
  public long version() {
    throw new UnsupportedOperationException();
  }

  /** The largest event time minus the allowed disorder; empty before the first sample. */
  public OptionalLong watermarkNanos() {
    throw new UnsupportedOperationException();
  }

  /** Of all samples ever counted. */
  public Summary total() {
    throw new UnsupportedOperationException();
  }

  /** The last closed window and the open ones, oldest first. */
  public List<Window> windows() {
    throw new UnsupportedOperationException();
  }

  /** How many samples were too late for their windows. */
  public long late() {
    throw new UnsupportedOperationException();
  }

  /** The sample that was counted last. */
  public Optional<Sample> last() {
    throw new UnsupportedOperationException();
  }

  /** How many anomalies were raised. */
  public long anomalies() {
    throw new UnsupportedOperationException();
  }

  /** All that {@link #restore} needs, as plain data. */
  public KeySnapshot snapshot() {
    throw new UnsupportedOperationException();
  }

  /** A state that goes on, bit for bit, as the one did that the snapshot was taken of. */
  public static KeyState restore(KeySnapshot snapshot) {
    throw new UnsupportedOperationException();
  }
}
