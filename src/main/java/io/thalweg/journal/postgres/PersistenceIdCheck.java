package io.thalweg.journal.postgres;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Which ids PostgreSQL can hold. */
final class PersistenceIdCheck {
  /** A row of a B-tree takes some 2,700 bytes. */
  private static final int BYTES_MAX = 2_000;

  private PersistenceIdCheck() {}

  /** Why an id can't be stored; null where it can. */
  static @Nullable IllegalArgumentException refusal(String persistenceId) {
    if (persistenceId.indexOf('\0') >= 0) {
      return new IllegalArgumentException(
          "PostgreSQL can't hold an id with the character U+0000: "
              + persistenceId.replace("\0", "\\u0000"));
    }
    if (persistenceId.length() > BYTES_MAX / 3
        && persistenceId.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
      return new IllegalArgumentException(
          "PostgreSQL can hold ids of at most "
              + BYTES_MAX
              + " bytes: "
              + persistenceId.substring(0, 100)
              + "...");
    }
    return null;
  }
}
