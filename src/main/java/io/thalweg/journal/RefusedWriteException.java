package io.thalweg.journal;

/** A write was refused, and nothing of it was stored. */
public final class RefusedWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedWriteException(String persistenceId, long sequence, long highest) {
    super(
        "a write of "
            + persistenceId
            + " must follow version "
            + highest
            + " and not be "
            + sequence
            + ": another writer was faster");
  }
}
