package io.thalweg.domain.key;

import java.util.List;
import java.util.Optional;

/** What the journal holds of a key: facts, in the order in which they were decided. */
public sealed interface KeyEvent {

  /** What it caused, in the order of its samples. */
  List<Outcome> outcomes();

  /**
   * New batches were counted.
   *
   * @param definition the stream's definition, where it is not the one that the key had before;
   *     from here on the key's state follows it
   * @param batches in order of arrival, without those that had been counted before
   * @param outcomes what they caused
   */
  record Recorded(
      Optional<StreamDefinition> definition, List<KeyBatch> batches, List<Outcome> outcomes)
      implements KeyEvent {}
}
