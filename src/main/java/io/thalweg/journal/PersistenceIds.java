package io.thalweg.journal;

import io.thalweg.domain.key.StreamKey;

/** How keys are named in the journal. */
public final class PersistenceIds {
  private PersistenceIds() {}

  public static String of(StreamKey key) {
    return key.entityId();
  }

  /** What the ids of a stream's keys with a prefix start with. */
  public static String prefix(String stream, String keyPrefix) {
    return of(new StreamKey(stream, keyPrefix));
  }

  /** Whether an id is a key's; other actors have ids that name no stream. */
  static boolean isKey(String persistenceId) {
    return persistenceId.indexOf('/') > 0;
  }

  public static StreamKey parse(String persistenceId) {
    return StreamKey.parse(persistenceId);
  }
}
