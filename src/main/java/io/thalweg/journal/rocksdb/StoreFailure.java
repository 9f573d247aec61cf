package io.thalweg.journal.rocksdb;

import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What kind of failure RocksDB reports. */
final class StoreFailure {
  private StoreFailure() {}

  /** Whether stored bytes are not what was written, or a file is missing. */
  static boolean isCorruption(RocksDBException e) {
    Status status = e.getStatus();
    return (status != null && status.getCode() == Status.Code.Corruption)
        || String.valueOf(e.getMessage()).contains("No such file");
  }
}
