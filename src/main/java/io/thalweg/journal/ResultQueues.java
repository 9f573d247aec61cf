package io.thalweg.journal;

import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Queues of results that are to be told elsewhere. They are filled by the commits of the events
 * that caused the results, and emptied by whoever tells them. Thread-safe.
 */
public final class ResultQueues {
  private final Store store;
  private volatile List<ResultQueue> filled = List.of();

  ResultQueues(Store store) {
    this.store = store;
  }

  /**
   * From now on events fill these queues.
   *
   * @param wake called after each commit that has filled one, by the thread that commits; must not
   *     block
   */
  public void fill(List<ResultQueue> queues, Runnable wake) {
    store.onQueued(wake);
    filled = List.copyOf(queues);
  }

  /** What the queues want of an event. */
  List<QueueRow> rows(String persistenceId, long version, long millis, Object event) {
    List<ResultQueue> queues = filled;
    if (queues.isEmpty() || !(event instanceof KeyEvent ofKey) || ofKey.outcomes().isEmpty()) {
      return List.of();
    }
    List<Outcome> outcomes = ofKey.outcomes();
    String stream = StreamKey.parse(persistenceId).stream();
    List<QueueRow> rows = new ArrayList<>(1);
    for (ResultQueue queue : queues) {
      if (queue.streams().contains(stream)) {
        byte[] row = QueueCodec.encode(queue, persistenceId, version, millis, outcomes);
        if (row != null) {
          rows.add(new QueueRow(queue.name(), row));
        }
      }
    }
    return rows;
  }

  /**
   * What waits behind a number, for each of some shards, by ascending number.
   *
   * @param after shard to number
   * @param limit so many events of each shard at most
   * @return fails with {@link io.thalweg.domain.key.DamagedJournalException} or {@link
   *     StoreUnavailableException}
   */
  public CompletionStage<List<QueuedResults>> read(
      String queue, Map<Integer, Long> after, int limit) {
    return store
        .queues()
        .read(queue, after, limit)
        .thenApply(
            rows ->
                rows.stream()
                    .map(row -> QueueCodec.decode(queue, row.shard(), row.number(), row.row()))
                    .toList());
  }

  /** The same queues, as they are stored. */
  public StoredQueues stored() {
    return store.queues();
  }
}
