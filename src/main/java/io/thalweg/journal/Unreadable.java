package io.thalweg.journal;

import java.io.NotSerializableException;

/** Bytes that are not what their manifest says. */
final class Unreadable {
  private Unreadable() {}

  static NotSerializableException because(String manifest, Exception cause) {
    NotSerializableException unreadable =
        new NotSerializableException("not a readable '" + manifest + "': " + cause.getMessage());
    unreadable.initCause(cause);
    return unreadable;
  }
}
