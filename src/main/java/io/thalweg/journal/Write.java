package io.thalweg.journal;

/**
 * Something to be committed, together with what others want committed at that time.
 *
 * <p>The commit thread calls one of {@link #committed} and {@link #failed}; after the first call
 * others do nothing. What a store refuses of a write it leaves out, and notes in the write before
 * it calls {@code committed}.
 */
public sealed interface Write permits EventWrite, RecordWrite, ForgetDeadline {
  /** How many rows it has, at least 1. */
  int rows();

  /** How much memory its rows take. */
  long bytes();

  /** All that was not refused is durable. */
  void committed();

  /** It is unknown whether anything of it is stored. */
  void failed(Exception cause);
}
