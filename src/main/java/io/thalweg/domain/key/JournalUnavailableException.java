package io.thalweg.domain.key;

import org.jspecify.annotations.Nullable;

/** The journal can't be read or written at the moment. It goes on by itself. */
public class JournalUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected JournalUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
