package io.thalweg.journal;

/** Another node owns the shard: nothing was stored, and nothing can be from here. */
public final class ShardElsewhereException extends StoreUnavailableException {
  private static final long serialVersionUID = 1L;

  public ShardElsewhereException(String message) {
    super(message, null);
  }
}
