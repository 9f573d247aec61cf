package io.thalweg.ingest.kafka;

import java.util.concurrent.atomic.LongAdder;

/** What a source has done since the start of its node. Counted by request. Thread-safe. */
final class SourceCounters {
  final LongAdder records = new LongAdder();
  final LongAdder samples = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder deadLetters = new LongAdder();

  /** Records of which it is known what became of them. */
  long settled() {
    return samples.sum() + duplicates.sum() + deadLetters.sum();
  }
}
