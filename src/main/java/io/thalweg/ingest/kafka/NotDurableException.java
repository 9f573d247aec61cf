package io.thalweg.ingest.kafka;

/** Keys have not confirmed what they were sent: it is read and sent again. */
final class NotDurableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotDurableException(String reason) {
    super(reason);
  }

  /** Neither is it known that they are not: they wait. */
  static NotDurableException standstill() {
    return new NotDurableException(
        "nothing has become durable for %d s or more: the keys or the journal do not answer; what was read waits, and the partitions are paused"
            .formatted(Standstill.TOLD_AFTER.toSeconds()));
  }
}
