package io.thalweg.ingest.kafka;

/** Keys have not confirmed what they were sent: it is read and sent again. */
final class NotDurableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotDurableException(String reason) {
    super(reason);
  }
}
