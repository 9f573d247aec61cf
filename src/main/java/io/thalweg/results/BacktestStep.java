package io.thalweg.results;

import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.journal.VersionedEvent;

/** What a backtest reads next: of each key a start, events, and an end. */
sealed interface BacktestStep {

  /**
   * A key begins.
   *
   * @param state before the first event that is read
   * @param fromVersion of that event
   * @param toVersion of the last one
   * @param fromSnapshot whether older events are gone
   */
  record Start(
      StreamKey key, KeyState state, long fromVersion, long toVersion, boolean fromSnapshot)
      implements BacktestStep {}

  /** The key's next event. */
  record Read(VersionedEvent event) implements BacktestStep {
    int samples() {
      return event.event() instanceof KeyEvent.Recorded recorded
          ? recorded.batches().stream().mapToInt(KeyBatch::size).sum()
          : 0;
    }
  }

  /** The key's events are at their end. */
  record End() implements BacktestStep {}

  /** The key can't be read on. */
  record Failed(StreamKey key, String reason) implements BacktestStep {}

  /** There is no other key. */
  record AllDone() implements BacktestStep {}
}
