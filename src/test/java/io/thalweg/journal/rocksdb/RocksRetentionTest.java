package io.thalweg.journal.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.journal.JournalFixture;
import io.thalweg.journal.RetentionScript;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksRetentionTest {
  @TempDir Path folder;

  @Test
  void eventsBelowTheOldestSnapshotGoAndThatIsSaid() throws Throwable {
    try (JournalFixture journal = open(RetentionScript.DOWN_TO_THE_OLDEST_SNAPSHOT)) {
      assertThat(RetentionScript.firstKept(journal)).isEqualTo(16);
      assertThat(RetentionScript.kept(journal).firstState()).isEqualTo(15);
      RetentionScript.tellsWhatIsKept(journal, 16);
    }
  }

  @Test
  void newestEventsAreKeptByNumber() throws Throwable {
    try (JournalFixture journal = open(RetentionScript.KEEPING_SEVEN)) {
      assertThat(RetentionScript.firstKept(journal)).isEqualTo(14);
      RetentionScript.tellsWhatIsKept(journal, 14);
    }
  }

  @Test
  void eventsAreKeptByAge() throws Throwable {
    try (JournalFixture journal = open(RetentionScript.KEEPING_A_DAY)) {
      assertThat(RetentionScript.firstKept(journal)).isEqualTo(1);
    }
  }

  private JournalFixture open(String config) {
    return JournalFixture.open(folder, config);
  }
}
