package io.thalweg.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a store commits. For the commit thread alone, unless a method says otherwise. */
public interface Commits extends AutoCloseable {

  /**
   * Commits writes, and tells each of them what became of it.
   *
   * @throws StoreUnavailableException if the store takes no writes before it is opened again; all
   *     writes have been told by then
   */
  void commit(List<Write> writes);

  /**
   * Opens the store again after a failure.
   *
   * @throws StoreUnavailableException if that did not succeed
   */
  void reopen();

  /** Why the open store takes no writes at the moment; null where it does. Any thread may ask. */
  @Nullable StoreUnavailableException shortage();

  /** How long nothing may come before {@link #idle} is called. */
  long idleNanos();

  /**
   * Nothing came for a while: time to see whether the store still answers.
   *
   * @throws StoreUnavailableException if not
   */
  void idle();

  /** What this store is, for messages: "the data folder data/journal". */
  String name();

  /** The commit thread ends. */
  @Override
  void close();
}
