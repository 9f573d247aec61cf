package io.thalweg.cli.kafka;

import java.io.IOException;

/** Kafka does not do what the demonstration needs; the message is for people. */
public final class KafkaDemoException extends IOException {
  private static final long serialVersionUID = 1L;

  public KafkaDemoException(String message) {
    super(message);
  }

  KafkaDemoException(String message, Throwable cause) {
    super(message, cause);
  }
}
