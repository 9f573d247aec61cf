package io.thalweg.codec;

import java.io.NotSerializableException;

/** Bytes that are not what their manifest says. */
public final class Unreadable {
  private Unreadable() {}

  /** What they should have been, and why they are not. */
  public static NotSerializableException because(String manifest, Exception cause) {
    if (cause instanceof NotSerializableException told) {
      return told;
    }
    NotSerializableException unreadable =
        new NotSerializableException("not a readable '" + manifest + "': " + cause.getMessage());
    unreadable.initCause(cause);
    return unreadable;
  }

  /** A message between nodes that is of a kind that there is not in this version. */
  public static NotSerializableException unknown(String manifest) {
    return new NotSerializableException(
        "a message of the unknown kind '"
            + manifest
            + "': another node runs a version that this one does not understand");
  }
}
