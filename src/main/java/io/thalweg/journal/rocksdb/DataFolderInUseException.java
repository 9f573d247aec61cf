package io.thalweg.journal.rocksdb;

import java.nio.file.Path;

/** Another node, or this one once more, has the data folder open. */
public final class DataFolderInUseException extends DataFolderException {
  private static final long serialVersionUID = 1L;

  DataFolderInUseException(Path folder, Throwable cause) {
    super(folder, "is in use by another node", cause);
  }
}
