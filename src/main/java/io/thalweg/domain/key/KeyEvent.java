package io.thalweg.domain.key;

import java.util.List;
import java.util.Optional;

/** What the journal holds of a key: facts, in the order in which they were decided. */
public sealed interface KeyEvent {

  /**
   * The stream's definition, where it is not the one that the key had before; from here on the
   * key's state follows it.
   */
  Optional<StreamDefinition> definition();

  /** What it caused, in the order of its samples. */
  List<Outcome> outcomes();

  /**
   * New batches were counted.
   *
   * @param arrivalNanos when they arrived, by the clock of the node that had the key; never less
   *     than in the key's event before. Idle time counts from here
   * @param batches in order of arrival, without those that had been counted before
   */
  record Recorded(
      Optional<StreamDefinition> definition,
      long arrivalNanos,
      List<KeyBatch> batches,
      List<Outcome> outcomes)
      implements KeyEvent {}

  /**
   * No sample came for as long as the stream's idle timeout, so the open windows closed.
   *
   * @param atNanos when that was decided, by the clock of the node that had the key
   */
  record Idled(Optional<StreamDefinition> definition, long atNanos, List<Outcome> outcomes)
      implements KeyEvent {}
}
