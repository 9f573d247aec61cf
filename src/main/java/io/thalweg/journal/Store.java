package io.thalweg.journal;

import java.util.concurrent.CompletionStage;

/** What keeps events, snapshots and deadlines. Thread-safe. */
public interface Store extends AutoCloseable {

  /** Something to be read; on a thread that may block. */
  @FunctionalInterface
  interface Reading<T> {
    T apply(Rows rows);
  }

  /** Hands over a write; waits while too many wait already. */
  void submit(Write write);

  /**
   * Reads what is stored, whoever wrote it.
   *
   * @return fails with {@link io.thalweg.domain.key.DamagedJournalException} or {@link
   *     StoreUnavailableException}
   */
  <T> CompletionStage<T> read(Reading<T> reading);

  /**
   * The same, for an actor that is going to write: when it is read, no other node can write events
   * of this id any more.
   *
   * @return fails as above, and with {@link ShardElsewhereException} where another node owns the
   *     id's shard
   */
  <T> CompletionStage<T> recover(String persistenceId, Reading<T> reading);

  /** Is told which shards this node has. */
  ShardOwnership ownership();

  /** Results that wait to be told elsewhere. */
  StoredQueues queues();

  /** Calls this after each commit that has put something into a queue. It must not block. */
  void onQueued(Runnable wake);

  /** Whether a write would be taken now. */
  boolean isWritable();

  StoreStatus status();

  /** Commits what waits, and closes. */
  @Override
  void close() throws InterruptedException;
}
