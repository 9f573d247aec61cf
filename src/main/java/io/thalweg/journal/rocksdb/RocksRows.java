package io.thalweg.journal.rocksdb;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.journal.DueKeys;
import io.thalweg.journal.KeyRecord;
import io.thalweg.journal.RowKeys;
import io.thalweg.journal.Rows;
import io.thalweg.journal.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** Rows of the open data folder. */
final class RocksRows implements Rows {
  private final Database db;
  private final String name;

  RocksRows(Database db, String name) {
    this.db = db;
    this.name = name;
  }

  private interface Reading<T> {
    T apply() throws RocksDBException;
  }

  @Override
  public Optional<Extent> extent(String persistenceId) {
    byte[] id = RowKeys.id(persistenceId);
    return read(
        () -> {
          KeyRecord record = EventReader.record(db, id);
          return record == null
              ? Optional.empty()
              : Optional.of(new Extent(record.deletedTo(), EventReader.highest(db, id, record)));
        });
  }

  @Override
  public Optional<KeyRecord> record(String persistenceId) {
    return read(() -> Optional.ofNullable(EventReader.record(db, RowKeys.id(persistenceId))));
  }

  @Override
  public void events(String persistenceId, long from, long to, Visitor visitor) {
    var unused =
        read(
            () -> {
              EventReader.read(db, RowKeys.id(persistenceId), from, to, visitor);
              return true;
            });
  }

  @Override
  public byte[] snapshot(String persistenceId, long sequence) {
    return read(
        () -> {
          try {
            byte[] bytes =
                db.rocks.get(db.snapshots, RowKeys.row(RowKeys.id(persistenceId), sequence));
            if (bytes == null) {
              throw new DamagedJournalException(persistenceId, sequence, "its snapshot is missing");
            }
            return bytes;
          } catch (RocksDBException e) {
            if (!StoreFailure.isCorruption(e)) {
              throw e;
            }
            throw new DamagedJournalException(
                persistenceId, sequence, "its snapshot can't be read: " + e.getMessage());
          }
        });
  }

  @Override
  public List<String> ids(String prefix, String after, int limit) {
    byte[] first = RowKeys.prefix(prefix);
    byte[] from = after.isEmpty() ? first : RowKeys.end(RowKeys.id(after));
    return read(
        () -> {
          List<String> found = new ArrayList<>();
          try (Slice lower = new Slice(first);
              Slice upper = new Slice(RowKeys.after(first));
              ReadOptions options =
                  new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
              RocksIterator ids = db.rocks.newIterator(db.meta, options)) {
            for (ids.seek(from); ids.isValid() && found.size() < limit; ids.next()) {
              found.add(RowKeys.persistenceId(ids.key()));
            }
            ids.status();
          }
          return found;
        });
  }

  @Override
  public List<DueKeys.Due> due(long nowNanos, int limit) {
    return read(
        () -> {
          List<DueKeys.Due> due = new ArrayList<>();
          try (Slice upper = new Slice(DeadlineKeys.after(nowNanos));
              ReadOptions options = new ReadOptions().setIterateUpperBound(upper);
              RocksIterator rows = db.rocks.newIterator(db.deadlines, options)) {
            for (rows.seekToFirst(); rows.isValid() && due.size() < limit; rows.next()) {
              String persistenceId = RowKeys.persistenceId(DeadlineKeys.id(rows.key()));
              due.add(
                  new DueKeys.Due(
                      StreamKey.parse(persistenceId), DeadlineKeys.deadline(rows.key())));
            }
            rows.status();
          }
          return due;
        });
  }

  private <T> T read(Reading<T> reading) {
    try {
      return reading.apply();
    } catch (RocksDBException e) {
      throw new StoreUnavailableException(name + " can't be read: " + e.getMessage(), e);
    }
  }
}
