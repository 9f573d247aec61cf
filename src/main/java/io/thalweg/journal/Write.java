package io.thalweg.journal;

import org.rocksdb.RocksDBException;

/**
 * Something to be committed, together with what others want committed at that time.
 *
 * <p>The commit thread calls {@link #stage} once and then exactly one of {@link #committed} and
 * {@link #failed}; or {@link #failed} alone.
 */
interface Write {
  /** How many rows it has, at least 1. */
  int rows();

  /** How much memory its rows take. */
  long bytes();

  /**
   * Adds its rows to a flush. What it refuses it leaves out and reports in {@link #committed}.
   *
   * @throws RocksDBException if the store can't be read; the whole flush fails then
   */
  void stage(Flush flush) throws RocksDBException;

  /** What was staged is durable. */
  void committed();

  /** It is unknown whether what was staged is stored; nothing is where it was not staged. */
  void failed(Exception cause);
}
