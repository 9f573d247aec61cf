package io.thalweg.journal.rocksdb;

import io.thalweg.journal.JournalFixture;
import io.thalweg.journal.JournalStore;

/** The data folder behind a journal. */
final class RocksFixture {
  private RocksFixture() {}

  static OpenFolder folder(JournalFixture journal) {
    return ((RocksStore) JournalStore.get(journal.system).store()).folder();
  }
}
