package io.thalweg.journal;

import org.jspecify.annotations.Nullable;

/** The store can't be used. The message is for people: it names the store and the reason. */
public class StoreStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
