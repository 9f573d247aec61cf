package io.thalweg.journal.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.journal.JournalFixture;
import io.thalweg.journal.JournalStore;
import io.thalweg.journal.RecordWrite;
import io.thalweg.journal.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path folder;

  @Test
  void folderInUseIsRefusedByName() {
    try (JournalFixture first = JournalFixture.open(folder);
        JournalFixture second = JournalFixture.open(folder)) {
      JournalStore.get(first.system);
      assertThatThrownBy(() -> JournalStore.get(second.system))
          .isInstanceOf(DataFolderInUseException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("in use by another node");
    }
  }

  @Test
  void folderThatCannotBeCreatedIsRefusedByName() throws Exception {
    Path below = Files.createFile(folder.resolve("file")).resolve("data");
    try (JournalFixture journal = JournalFixture.open(below)) {
      assertThatThrownBy(() -> JournalStore.get(journal.system))
          .isInstanceOf(DataFolderException.class)
          .hasMessageContaining(below.toString())
          .hasMessageContaining("can't be created");
    }
  }

  @Test
  void logIsEmptyAfterAClose() throws Exception {
    try (JournalFixture journal = JournalFixture.open(folder)) {
      journal.write("s/a", 1, "one");
    }
    for (Path log : DataFolderFiles.files(folder, ".log")) {
      assertThat(log).isEmptyFile();
    }
    assertThat(DataFolderFiles.files(folder, ".blob")).isNotEmpty();
  }

  @Test
  void writesAfterTheCloseFail() throws Exception {
    RocksStore store;
    try (JournalFixture journal = JournalFixture.open(folder)) {
      store = (RocksStore) JournalStore.get(journal.system).store();
    }
    RecordWrite write = new RecordWrite.DeleteEvents("s/a", 1);
    store.submit(write);
    assertThat(write.result().value().get().isFailure()).isTrue();
    assertThatThrownBy(() -> store.folder().read(db -> true))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("closed");
  }
}
