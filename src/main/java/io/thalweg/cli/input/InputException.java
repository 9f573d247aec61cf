package io.thalweg.cli.input;

import java.io.IOException;

/** A file can't be read on. The message is for people and does not name the file. */
public final class InputException extends IOException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
