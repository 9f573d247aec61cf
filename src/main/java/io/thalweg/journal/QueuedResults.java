package io.thalweg.journal;

import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamKey;
import java.util.List;

/**
 * What one event of a key caused, as far as a queue wants it.
 *
 * @param shard of the key
 * @param number in the queue of that shard, from 1 on and without gaps, in the order of commits
 * @param key whose event it is
 * @param version the event's sequence number
 * @param writtenMillis when it was handed to the journal, milliseconds since 1970
 * @param results in the event's order, at least one
 */
public record QueuedResults(
    int shard,
    long number,
    StreamKey key,
    long version,
    long writtenMillis,
    List<Numbered> results) {

  /**
   * One of them.
   *
   * @param index among all outcomes of the event, from 0: whatever the queue leaves out
   */
  public record Numbered(int index, Outcome outcome) {}
}
