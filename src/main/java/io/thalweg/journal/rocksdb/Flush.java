package io.thalweg.journal.rocksdb;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.Shards;
import io.thalweg.journal.EventWrite;
import io.thalweg.journal.ForgetDeadline;
import io.thalweg.journal.KeyRecord;
import io.thalweg.journal.QueueRow;
import io.thalweg.journal.RecordWrite;
import io.thalweg.journal.RefusedWriteException;
import io.thalweg.journal.RowKeys;
import io.thalweg.journal.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
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
  private final QueueHeads queueHeads = new QueueHeads();
  private final Shards shards;
  private final int snapshotsKept;
  private final Map<String, KeyRecord> staged = new HashMap<>();
  private @Nullable Database database;

  Flush(int knownKeysMax, int snapshotsKept, Shards shards) {
    this.known = new HighestSequences(knownKeysMax);
    this.shards = shards;
    this.snapshotsKept = snapshotsKept;
  }

  /** Starts over. */
  void begin(Database target) {
    database = target;
    batch.clear();
    staged.clear();
  }

  /**
   * Adds the rows of a write, but for those that it refuses.
   *
   * @throws RocksDBException if the store can't be read; the whole flush fails then
   */
  void stage(Write write) throws RocksDBException {
    switch (write) {
      case EventWrite events -> {
        for (EventWrite.Atomic atomic : events.atomics()) {
          stage(atomic);
        }
      }
      case RecordWrite record -> {
        try {
          stage(record);
        } catch (DamagedJournalException e) {
          record.refuse(e);
        }
      }
      case ForgetDeadline forget ->
          batch.delete(
              target().deadlines,
              DeadlineKeys.of(forget.deadline(), RowKeys.id(forget.persistenceId())));
    }
  }

  /** Returns when all that was staged is durable. */
  void commit() throws RocksDBException {
    queueHeads.stage(target(), batch);
    if (batch.count() > 0) {
      target().rocks.write(synced, batch);
    }
  }

  /** After a failure nothing is known of what is stored. */
  void forget() {
    known.clear();
    queueHeads.clear();
  }

  private void stage(EventWrite.Atomic atomic) throws RocksDBException {
    String persistenceId = atomic.persistenceId();
    byte[] id = RowKeys.id(persistenceId);
    try {
      long highest = highest(persistenceId, id);
      if (atomic.first() != highest + 1) {
        atomic.refuse(new RefusedWriteException(persistenceId, atomic.first(), highest));
        return;
      }
      if (highest == 0 && stagedOrStored(persistenceId, id) == null) {
        putRecord(persistenceId, id, KeyRecord.NEW);
      }
    } catch (DamagedJournalException e) {
      atomic.refuse(e);
      return;
    }
    for (int i = 0; i < atomic.rows().length; i++) {
      batch.put(target().events, atomic.keys()[i], atomic.rows()[i]);
    }
    for (var deadline : atomic.deadlines()) {
      batch.put(target().deadlines, DeadlineKeys.of(deadline, id), new byte[0]);
    }
    if (!atomic.queued().isEmpty()) {
      int shard = shards.of(persistenceId);
      for (QueueRow queued : atomic.queued()) {
        queueHeads.add(target(), batch, queued.queue(), shard, queued.row());
      }
    }
    known.put(persistenceId, atomic.last());
  }

  private void stage(RecordWrite write) throws RocksDBException {
    byte[] id = RowKeys.id(write.persistenceId());
    KeyRecord found = stagedOrStored(write.persistenceId(), id);
    KeyRecord record = found == null ? KeyRecord.NEW : found;
    switch (write) {
      case RecordWrite.DeleteEvents deletion -> delete(deletion, id, record);
      case RecordWrite.SaveSnapshot snapshot -> save(snapshot, id, record);
      case RecordWrite.DeleteSnapshots deletion -> delete(deletion, id, record);
    }
  }

  private void delete(RecordWrite.DeleteEvents deletion, byte[] id, KeyRecord record)
      throws RocksDBException {
    long last = Math.min(deletion.to(), highest(deletion.persistenceId(), id));
    if (last > record.deletedTo()) {
      batch.deleteRange(target().events, RowKeys.row(id, 0), RowKeys.row(id, last + 1));
      putRecord(deletion.persistenceId(), id, record.deletedTo(last));
    }
  }

  private void save(RecordWrite.SaveSnapshot snapshot, byte[] id, KeyRecord record)
      throws RocksDBException {
    List<KeyRecord.Mark> marks = new ArrayList<>(record.snapshots());
    marks.removeIf(other -> other.sequence() == snapshot.mark().sequence());
    marks.add(snapshot.mark());
    marks.sort(Comparator.comparingLong(KeyRecord.Mark::sequence));
    batch.put(target().snapshots, snapshot.key(), snapshot.row());
    while (marks.size() > snapshotsKept) {
      deleteSnapshot(id, marks.removeFirst());
    }
    putRecord(snapshot.persistenceId(), id, record.withSnapshots(marks));
  }

  private void delete(RecordWrite.DeleteSnapshots deletion, byte[] id, KeyRecord record)
      throws RocksDBException {
    List<KeyRecord.Mark> kept = new ArrayList<>();
    for (KeyRecord.Mark mark : record.snapshots()) {
      if (deletion.among().contains(mark)) {
        deleteSnapshot(id, mark);
      } else {
        kept.add(mark);
      }
    }
    if (kept.size() < record.snapshots().size()) {
      putRecord(deletion.persistenceId(), id, record.withSnapshots(kept));
    }
  }

  private void deleteSnapshot(byte[] id, KeyRecord.Mark mark) throws RocksDBException {
    batch.delete(target().snapshots, RowKeys.row(id, mark.sequence()));
  }

  /** The highest sequence number of an id, stored or staged. */
  private long highest(String persistenceId, byte[] id) throws RocksDBException {
    long highest = known.of(persistenceId);
    if (highest == HighestSequences.UNKNOWN) {
      highest = EventReader.highest(target(), id, stagedOrStored(persistenceId, id));
      known.put(persistenceId, highest);
    }
    return highest;
  }

  private void putRecord(String persistenceId, byte[] id, KeyRecord record)
      throws RocksDBException {
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
