package io.thalweg.journal.rocksdb;

import io.thalweg.journal.StoreStartException;
import java.nio.file.Path;

/** The data folder can't be used. The message is for people: it names the folder and the reason. */
public class DataFolderException extends StoreStartException {
  private static final long serialVersionUID = 1L;

  DataFolderException(Path folder, String reason, Throwable cause) {
    super("the data folder " + folder + " " + reason, cause);
  }
}
