package io.thalweg.journal.rocksdb;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.journal.KeyRecord;
import io.thalweg.journal.Row;
import io.thalweg.journal.RowKeys;
import io.thalweg.journal.Rows.Visitor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** Reads the rows of one persistence id, and checks that they are all there and as written. */
final class EventReader {
  /** Rows of one id lie next to each other: this many bytes are read ahead. */
  private static final long READ_AHEAD_BYTES = 64 << 10;

  private EventReader() {}

  /** What is known of an id; null where nothing was ever stored of it. */
  static @Nullable KeyRecord record(Database database, byte[] id) throws RocksDBException {
    byte[] bytes;
    try {
      bytes = database.rocks.get(database.meta, id);
    } catch (RocksDBException e) {
      if (StoreFailure.isCorruption(e)) {
        throw KeyRecord.damaged(id, "the record of its snapshots can't be read: " + e.getMessage());
      }
      throw e;
    }
    return bytes == null ? null : KeyRecord.decode(id, bytes);
  }

  /**
   * The highest sequence number ever stored of an id, 0 where there is none.
   *
   * @throws DamagedJournalException if the rows end before the newest snapshot, or the last one
   *     can't be read
   */
  static long highest(Database database, byte[] id, @Nullable KeyRecord record)
      throws RocksDBException {
    if (record == null) {
      return 0;
    }
    long highest = record.deletedTo();
    try (Rows rows = new Rows(database, id, Long.MAX_VALUE)) {
      rows.iterator.seekToLast();
      if (rows.iterator.isValid()) {
        highest = Math.max(highest, RowKeys.sequence(rows.iterator.key()));
      } else {
        rows.checkStatus(() -> firstUnreadable(database, id, record));
      }
    }
    if (highest < Math.max(1, record.newestSnapshot())) {
      throw new DamagedJournalException(
          RowKeys.persistenceId(id),
          highest + 1,
          "it is missing; versions up to " + Math.max(1, record.newestSnapshot()) + " were stored");
    }
    return highest;
  }

  /**
   * Shows all rows with numbers from {@code from} to {@code to}; all must be there.
   *
   * @throws DamagedJournalException at the first that is missing or not as written
   */
  static void read(Database database, byte[] id, long from, long to, Visitor visitor)
      throws RocksDBException {
    String persistenceId = RowKeys.persistenceId(id);
    long expected = from;
    try (Rows rows = new Rows(database, id, to)) {
      RocksIterator iterator = rows.iterator;
      iterator.seek(RowKeys.row(id, from));
      while (expected <= to) {
        long next = expected;
        if (!iterator.isValid()) {
          rows.checkStatus(() -> next);
          throw new DamagedJournalException(persistenceId, expected, "it is missing");
        }
        byte[] key = iterator.key();
        if (RowKeys.sequence(key) != expected) {
          throw new DamagedJournalException(
              persistenceId, expected, "it is missing; the next is " + RowKeys.sequence(key));
        }
        Optional<Row> row = Row.decode(persistenceId, expected, key, iterator.value());
        if (row.isPresent() && !visitor.visit(expected, row.get())) {
          return;
        }
        expected++;
        iterator.next();
      }
    }
  }

  /** Where the last row can't be read its number is unknown: walk up to the first such row. */
  private static long firstUnreadable(Database database, byte[] id, KeyRecord record)
      throws RocksDBException {
    long next = record.deletedTo() + 1;
    try (Rows rows = new Rows(database, id, Long.MAX_VALUE)) {
      for (rows.iterator.seekToFirst(); rows.iterator.isValid(); rows.iterator.next()) {
        next = RowKeys.sequence(rows.iterator.key()) + 1;
      }
    }
    return next;
  }

  /** Finds out which row can't be read. */
  private interface Unreadable {
    long sequence() throws RocksDBException;
  }

  /** An iterator over the rows of one id, and the native objects that it needs. */
  private static final class Rows implements AutoCloseable {
    final RocksIterator iterator;
    private final byte[] id;
    private final Slice lower;
    private final Slice upper;
    private final ReadOptions options;

    Rows(Database database, byte[] id, long to) {
      this.id = id;
      lower = new Slice(id);
      upper = new Slice(to == Long.MAX_VALUE ? RowKeys.end(id) : RowKeys.row(id, to + 1));
      options =
          new ReadOptions()
              .setIterateLowerBound(lower)
              .setIterateUpperBound(upper)
              .setReadaheadSize(READ_AHEAD_BYTES);
      iterator = database.rocks.newIterator(database.events, options);
    }

    void checkStatus(Unreadable unreadable) throws RocksDBException {
      try {
        iterator.status();
      } catch (RocksDBException e) {
        if (!StoreFailure.isCorruption(e)) {
          throw e;
        }
        throw new DamagedJournalException(
            RowKeys.persistenceId(id), unreadable.sequence(), String.valueOf(e.getMessage()));
      }
    }

    @Override
    public void close() {
      iterator.close();
      options.close();
      upper.close();
      lower.close();
    }
  }
}
