package io.thalweg.journal;

import io.thalweg.domain.key.KeySnapshot;

/** How many bytes the snapshot store gets of a key. */
public final class SnapshotSize {
  private SnapshotSize() {}

  /** Without the row's name and checksum. */
  public static long bytes(KeySnapshot snapshot) {
    return new KeySnapshotSerializer().toBinary(snapshot).length;
  }
}
