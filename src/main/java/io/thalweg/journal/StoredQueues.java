package io.thalweg.journal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Queues of results as a store keeps them, one for each shard of keys. Thread-safe.
 *
 * <p>Rows come in with the events that caused them, in the same commit, and get the shard's next
 * number there. Commits that number rows of one shard follow each other: the next number is taken
 * only once the commit of the one before is done. So whoever sees a number sees all below it that
 * still wait, and reading on behind a number misses nothing, whenever it is done.
 *
 * <p>Stages fail with {@link StoreUnavailableException} where the store does not answer.
 */
public interface StoredQueues {

  /**
   * How far the queue of a shard has come.
   *
   * @param head the highest number that was given
   * @param told up to this number all was told, or given up
   * @param lost how many of these were given up
   */
  record Place(int shard, long head, long told, long lost) {
    public long waiting() {
      return head - told;
    }
  }

  /**
   * A row.
   *
   * @param row handed over
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Waiting(int shard, long number, byte[] row) {}

  /**
   * How far a shard's queue has come by now.
   *
   * @param upTo told up to this number, or given up; where the store knows of a higher one, that
   *     stays
   * @param lost how many more were given up
   */
  record Told(int shard, long upTo, long lost) {}

  /** All shards of which the queue ever held something. */
  CompletionStage<List<Place>> places(String queue);

  /**
   * What waits behind a number, for each of some shards, by ascending number.
   *
   * @param after shard to number
   * @param limit so many rows of each shard at most
   */
  CompletionStage<List<Waiting>> read(String queue, Map<Integer, Long> after, int limit);

  /** Stores how far the queue has come. What a crash takes back of it is told once more. */
  CompletionStage<Boolean> told(String queue, List<Told> places);

  /**
   * Rows of a shard that may go.
   *
   * @param after up to this number they are gone; 0: unknown
   * @param upTo the last that goes
   */
  record Done(int shard, long after, long upTo) {}

  /** Deletes rows. */
  CompletionStage<Boolean> delete(String queue, List<Done> rows);

  /** Which node wrote last in a shard; without those that none has, or where nobody else can be. */
  CompletionStage<Map<Integer, String>> writers();

  /** The queues of which there is anything. */
  CompletionStage<List<String>> names();
}
