package io.thalweg.journal.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.journal.JournalFixture;
import io.thalweg.journal.RowKeys;
import java.nio.file.Path;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
  private static final int EVENTS = 20;

  @TempDir Path folder;

  @Test
  void flippedByteStopsItsKeyAloneAndNamesIt() throws Throwable {
    writeKeys("s/a", "s/b", "s/c");
    DataFolderFiles.flipByteOf(folder, ".blob", "<s/b-7>");

    try (JournalFixture journal = JournalFixture.open(folder)) {
      assertThatThrownBy(() -> journal.replay("s/b", 1))
          .isInstanceOf(DamagedJournalException.class)
          .hasMessageContaining("s/b")
          .hasMessageContaining("version 7");
      assertThat(journal.replay("s/a", 1)).hasSize(EVENTS);
      assertThat(journal.replay("s/c", 1)).hasSize(EVENTS);
    }
  }

  @Test
  void flippedByteInTheLastEventIsNamedToo() throws Throwable {
    writeKeys("s/a", "s/b");
    DataFolderFiles.flipByteOf(folder, ".blob", "<s/b-20>");

    try (JournalFixture journal = JournalFixture.open(folder)) {
      assertThatThrownBy(() -> journal.replay("s/b", 5))
          .isInstanceOf(DamagedJournalException.class)
          .hasMessageContaining("s/b")
          .hasMessageContaining("version 20");
      assertThat(journal.write("s/a", EVENTS + 1, "next").getFirst())
          .isInstanceOf(JournalProtocol.WriteMessageSuccess.class);
      assertThat(journal.write("s/b", EVENTS + 1, "next").getFirst())
          .isInstanceOf(JournalProtocol.WriteMessageFailure.class);
    }
  }

  @Test
  void missingEventIsDamage() throws Throwable {
    writeKeys("s/a");
    try (JournalFixture journal = JournalFixture.open(folder)) {
      delete(journal, "s/a", 4);
      assertThatThrownBy(() -> journal.replay("s/a", 1))
          .isInstanceOf(DamagedJournalException.class)
          .hasMessageContaining("version 4")
          .hasMessageContaining("missing");
      assertThat(journal.replay("s/a", 5)).hasSize(EVENTS - 4);
    }
  }

  @Test
  void eventsThatEndBeforeASnapshotAreDamage() throws Throwable {
    writeKeys("s/a");
    try (JournalFixture journal = JournalFixture.open(folder)) {
      journal.saveSnapshot("s/a", EVENTS, "state");
      delete(journal, "s/a", EVENTS);
      assertThatThrownBy(() -> journal.replay("s/a", 1))
          .isInstanceOf(DamagedJournalException.class)
          .hasMessageContaining("version " + EVENTS);
    }
  }

  @Test
  void damagedSnapshotIsPassedOverForAnOlderOneAndThenForTheEvents() throws Throwable {
    writeKeys("s/a");
    try (JournalFixture journal = JournalFixture.open(folder)) {
      journal.saveSnapshot("s/a", 10, "<state-10>");
      journal.saveSnapshot("s/a", 20, "<state-20>");
    }
    DataFolderFiles.flipByteOf(folder, ".blob", "<state-20>");
    try (JournalFixture journal = JournalFixture.open(folder)) {
      assertThat(snapshot(journal)).isEqualTo("<state-10>");
    }
    DataFolderFiles.flipByteOf(folder, ".blob", "<state-10>");
    try (JournalFixture journal = JournalFixture.open(folder)) {
      assertThat(snapshot(journal)).isNull();
      assertThat(journal.replay("s/a", 1)).hasSize(EVENTS);
    }
  }

  @Test
  void damagedSnapshotIsAnErrorWhereTheEventsWereDeleted() throws Throwable {
    writeKeys("s/a");
    try (JournalFixture journal = JournalFixture.open(folder)) {
      journal.saveSnapshot("s/a", 20, "<state-20>");
      journal.deleteEvents("s/a", 20);
    }
    DataFolderFiles.flipByteOf(folder, ".blob", "<state-20>");
    try (JournalFixture journal = JournalFixture.open(folder)) {
      assertThat(journal.loadSnapshot("s/a"))
          .isInstanceOf(SnapshotProtocol.LoadSnapshotFailed.class);
    }
  }

  @Test
  void damagedKeysDoNotKeepOthersFromWriting() throws Throwable {
    writeKeys("s/a", "s/b");
    try (JournalFixture journal = JournalFixture.open(folder)) {
      delete(journal, "s/b", EVENTS);
      journal.saveSnapshot("s/b", EVENTS, "state");
      for (int i = 0; i < 150; i++) {
        assertThatThrownBy(() -> journal.replay("s/b", 1))
            .isInstanceOf(DamagedJournalException.class);
      }
      assertThat(journal.write("s/a", EVENTS + 1, "next").getFirst())
          .isInstanceOf(JournalProtocol.WriteMessageSuccess.class);
    }
  }

  private void writeKeys(String... ids) {
    try (JournalFixture journal = JournalFixture.open(folder)) {
      for (String id : ids) {
        for (int i = 1; i <= EVENTS; i++) {
          journal.write(id, i, "<" + id + "-" + i + ">");
        }
      }
    }
  }

  private static @Nullable Object snapshot(JournalFixture journal) {
    SnapshotProtocol.LoadSnapshotResult result =
        (SnapshotProtocol.LoadSnapshotResult) journal.loadSnapshot("s/a");
    return result.snapshot().isDefined() ? result.snapshot().get().snapshot() : null;
  }

  private static void delete(JournalFixture journal, String id, long sequence) {
    RocksFixture.folder(journal)
        .read(
            db -> {
              db.rocks.delete(db.events, RowKeys.row(RowKeys.id(id), sequence));
              return true;
            });
  }
}
