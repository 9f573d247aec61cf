package io.thalweg.journal.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.journal.JournalFixture;
import io.thalweg.journal.JournalStore;
import io.thalweg.journal.RefusedWriteException;
import io.thalweg.journal.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pekko.persistence.JournalProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage that is not of one row: what the store itself must cope with. */
class FolderDamageTest {
  private static final int EVENTS = 20;

  @TempDir Path folder;

  @Test
  void compactionsNeitherReadNorMoveValues() throws Throwable {
    writeKeys("s/a", "s/b");
    DataFolderFiles.flipByteOf(folder, ".blob", "<s/b-7>");
    List<Path> blobFiles = DataFolderFiles.files(folder, ".blob");

    try (JournalFixture journal = JournalFixture.open(folder)) {
      RocksFixture.folder(journal)
          .read(
              db -> {
                db.rocks.compactRange(db.events);
                return true;
              });
      assertThat(journal.replay("s/a", 1)).hasSize(EVENTS);
      assertThat(journal.write("s/a", EVENTS + 1, "next").getFirst())
          .isInstanceOf(JournalProtocol.WriteMessageSuccess.class);
    }
    assertThat(DataFolderFiles.files(folder, ".blob")).containsAll(blobFiles);
  }

  @Test
  void damageThatCompactionsHitDoesNotKeepOthersFromWriting() throws Throwable {
    for (int round = 0; round < 3; round++) {
      try (JournalFixture journal = JournalFixture.open(folder)) {
        journal.write("s/a", round + 1, "event");
        journal.write("s/b" + round, 1, "event");
      }
    }
    DataFolderFiles.flipByteOf(folder, ".sst", "b1\0");
    try (JournalFixture journal =
        JournalFixture.open(folder, "thalweg.journal.reopen-backoff-min = 10ms")) {
      for (int i = 0; i < 8; i++) {
        writeUntilStored(journal, "s/c" + i);
        try {
          RocksFixture.folder(journal)
              .read(
                  db -> {
                    try (var wait = new org.rocksdb.FlushOptions()) {
                      db.rocks.flush(wait, db.events);
                      db.rocks.flush(wait, db.meta);
                    }
                    return true;
                  });
        } catch (StoreUnavailableException e) {
          assertThat(e).hasMessageContaining("can't be read");
        }
      }
      writeUntilStored(journal, "s/d");
    }
  }

  @Test
  void damagedLogKeepsTheFolderFromOpening() throws Throwable {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Path original = folder.resolve("original");
    try (JournalFixture journal = JournalFixture.open(original)) {
      for (int i = 1; i <= EVENTS; i++) {
        journal.write("s/a", i, "<s/a-" + i + ">".repeat(4_000));
      }
      for (Path file : DataFolderFiles.files(original, "")) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    DataFolderFiles.flipByteOf(copy, ".log", "<s/a-7>");
    try (JournalFixture journal = JournalFixture.open(copy)) {
      assertThatThrownBy(() -> JournalStore.get(journal.system))
          .isInstanceOf(DataFolderException.class)
          .hasMessageContaining(copy.toString())
          .hasMessageContaining("damaged");
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

  private static void writeUntilStored(JournalFixture journal, String id)
      throws InterruptedException {
    for (int attempt = 0; attempt < 100; attempt++) {
      JournalProtocol.Response answer = journal.write(id, 1, "event").getFirst();
      boolean storedBefore = // by an attempt whose outcome was unknown
          answer instanceof JournalProtocol.WriteMessageFailure failure
              && failure.cause() instanceof RefusedWriteException;
      if (storedBefore || answer instanceof JournalProtocol.WriteMessageSuccess) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(id + " could not be written");
  }
}
