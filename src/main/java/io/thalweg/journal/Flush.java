package io.thalweg.journal;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** What is committed at once. For the commit thread, which uses it again and again. */
final class Flush implements AutoCloseable {
  private final WriteBatch batch = new WriteBatch();
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final HighestSequences known;
  private final Map<String, KeyRecord> staged = new HashMap<>();
  private @Nullable Database database;

  Flush(int knownKeysMax) {
    known = new HighestSequences(knownKeysMax);
  }

  /** Starts over. */
  void begin(Database target) {
    database = target;
    batch.clear();
    staged.clear();
  }

  /** Returns when all that was staged is durable. */
  void commit() throws RocksDBException {
    if (batch.count() > 0) {
      target().rocks.write(synced, batch);
    }
  }

  /** After a failure nothing is known of what is stored. */
  void forget() {
    known.clear();
  }

  /** The highest sequence number of an id, stored or staged. */
  long highest(String persistenceId, byte[] id) throws RocksDBException {
    long highest = known.of(persistenceId);
    if (highest == HighestSequences.UNKNOWN) {
      highest = EventReader.highest(target(), id, stagedOrStored(persistenceId, id));
      known.put(persistenceId, highest);
    }
    return highest;
  }

  /** Stages events that follow the highest one; the first of an id brings its record along. */
  void putEvents(String persistenceId, byte[] id, byte[][] keys, byte[][] rows, long highest)
      throws RocksDBException {
    if (highest == keys.length && stagedOrStored(persistenceId, id) == null) {
      putRecord(persistenceId, id, KeyRecord.NEW);
    }
    for (int i = 0; i < keys.length; i++) {
      batch.put(target().events, keys[i], rows[i]);
    }
    known.put(persistenceId, highest);
  }

  void putDeadline(byte[] key) throws RocksDBException {
    batch.put(target().deadlines, key, new byte[0]);
  }

  void deleteDeadline(byte[] key) throws RocksDBException {
    batch.delete(target().deadlines, key);
  }

  void deleteEvents(byte[] id, long toSequence) throws RocksDBException {
    batch.deleteRange(target().events, RowKeys.row(id, 0), RowKeys.row(id, toSequence + 1));
  }

  void putSnapshot(byte[] key, byte[] row) throws RocksDBException {
    batch.put(target().snapshots, key, row);
  }

  void deleteSnapshot(byte[] key) throws RocksDBException {
    batch.delete(target().snapshots, key);
  }

  /** What is known of an id, with what is staged. */
  KeyRecord record(String persistenceId, byte[] id) throws RocksDBException {
    KeyRecord found = stagedOrStored(persistenceId, id);
    return found == null ? KeyRecord.NEW : found;
  }

  void putRecord(String persistenceId, byte[] id, KeyRecord record) throws RocksDBException {
    batch.put(target().meta, id, record.encode(id));
    staged.put(persistenceId, record);
  }

  @Override
  public void close() {
    batch.close();
    synced.close();
  }

  private @Nullable KeyRecord stagedOrStored(String persistenceId, byte[] id)
      throws RocksDBException {
    KeyRecord found = staged.get(persistenceId);
    return found != null ? found : EventReader.record(target(), id);
  }

  private Database target() {
    if (database == null) {
      throw new IllegalStateException("a flush begins before anything is staged");
    }
    return database;
  }
}
