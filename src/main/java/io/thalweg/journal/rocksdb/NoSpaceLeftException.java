package io.thalweg.journal.rocksdb;

import io.thalweg.journal.StoreUnavailableException;
import java.nio.file.Path;

/** The volume of the data folder is full up to the reserve. Writing goes on once there is room. */
public final class NoSpaceLeftException extends StoreUnavailableException {
  private static final long serialVersionUID = 1L;

  NoSpaceLeftException(Path folder, long usableBytes, long reserveBytes) {
    super(
        "no space left for the data folder "
            + folder
            + ": "
            + usableBytes
            + " bytes are usable and "
            + reserveBytes
            + " are held in reserve",
        null);
  }
}
