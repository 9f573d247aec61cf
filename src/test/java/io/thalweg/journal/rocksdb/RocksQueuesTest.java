package io.thalweg.journal.rocksdb;

import io.thalweg.journal.JournalFixture;
import io.thalweg.journal.QueueScript;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksQueuesTest extends QueueScript {
  @TempDir Path folder;

  @Override
  protected JournalFixture open() {
    return JournalFixture.open(folder);
  }
}
