package io.thalweg.journal;

import io.thalweg.domain.key.KeySnapshot;
import java.io.NotSerializableException;
import java.util.Arrays;

/**
 * Any bytes as a stored snapshot: a snapshot, or bytes that are not readable, and nothing else. One
 * that was read is written and read again as the same.
 */
public final class SnapshotFuzz {
  private static final KeySnapshotSerializer SERIALIZER = new KeySnapshotSerializer();

  private SnapshotFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws NotSerializableException {
    KeySnapshot snapshot;
    try {
      snapshot = (KeySnapshot) SERIALIZER.fromBinary(input, KeySnapshotSerializer.KEY_1);
    } catch (NotSerializableException unreadable) {
      return;
    }
    byte[] bytes = SERIALIZER.toBinary(snapshot);
    byte[] again = SERIALIZER.toBinary(SERIALIZER.fromBinary(bytes, KeySnapshotSerializer.KEY_1));
    if (!Arrays.equals(bytes, again)) {
      throw new AssertionError("a snapshot is not the same after it was written and read");
    }
  }
}
