package io.thalweg.journal;

/** A write was refused, and nothing of it was stored. */
final class RefusedWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedWriteException(String persistenceId, long sequence, long highest) {
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
