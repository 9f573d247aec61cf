package io.thalweg.ingest.kafka;

/** Dead letters are not taken. */
final class DeadLetterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DeadLetterException(String topic, Throwable cause) {
    super("the dead letter topic '" + topic + "' takes nothing: " + cause.getMessage(), cause);
  }
}
