package io.thalweg.ingest.kafka;

/** A source that is to stop at poison has found some. */
final class StoppedAtPoisonException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoppedAtPoisonException(Letter letter) {
    super("stopped at a record that is no sample: " + letter.described());
  }
}
