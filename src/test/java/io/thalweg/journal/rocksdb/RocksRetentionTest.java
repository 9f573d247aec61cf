package io.thalweg.journal.rocksdb;

import io.thalweg.journal.JournalFixture;
import io.thalweg.journal.RetentionScript;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksRetentionTest extends RetentionScript {
  @TempDir Path folder;

  @Override
  protected JournalFixture open(String config) {
    return JournalFixture.open(folder, config);
  }
}
