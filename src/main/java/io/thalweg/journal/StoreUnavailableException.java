package io.thalweg.journal;

import io.thalweg.domain.key.JournalUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The store can't read or write at the moment. It goes on by itself; until then calls fail with
 * this at once.
 */
public class StoreUnavailableException extends JournalUnavailableException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
