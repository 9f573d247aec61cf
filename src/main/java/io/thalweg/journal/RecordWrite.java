package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pekko.dispatch.Futures;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import scala.concurrent.Future;
import scala.concurrent.Promise;

/** A write that changes what is known of an id: snapshots, and deletions. */
abstract sealed class RecordWrite implements Write {
  private static final long RECORD_BYTES = 64;

  final String persistenceId;
  final byte[] id;
  private final Promise<Void> result = Futures.promise();
  private @Nullable DamagedJournalException damage;

  private RecordWrite(String persistenceId) {
    this.persistenceId = persistenceId;
    this.id = RowKeys.id(persistenceId);
  }

  /** Completed when the change is durable. */
  Future<Void> result() {
    return result.future();
  }

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public long bytes() {
    return id.length + RECORD_BYTES;
  }

  @Override
  public void stage(Flush flush) throws RocksDBException {
    try {
      change(flush, flush.record(persistenceId, id));
    } catch (DamagedJournalException e) {
      damage = e;
    }
  }

  abstract void change(Flush flush, KeyRecord record) throws RocksDBException;

  @Override
  @SuppressWarnings("NullAway") // the one value of type Void
  public void committed() {
    if (damage == null) {
      result.success(null);
    } else {
      result.failure(damage);
    }
  }

  @Override
  public void failed(Exception cause) {
    result.failure(cause);
  }

  /** Deletes events up to a number; the highest number stays known. */
  static final class DeleteEvents extends RecordWrite {
    private final long to;

    DeleteEvents(String persistenceId, long to) {
      super(persistenceId);
      this.to = to;
    }

    @Override
    void change(Flush flush, KeyRecord record) throws RocksDBException {
      long last = Math.min(to, flush.highest(persistenceId, id));
      if (last > record.deletedTo()) {
        flush.deleteEvents(id, last);
        flush.putRecord(persistenceId, id, record.deletedTo(last));
      }
    }
  }

  /** Stores a snapshot and deletes those beyond the newest few. */
  static final class SaveSnapshot extends RecordWrite {
    private final KeyRecord.Mark mark;
    private final byte[] key;
    private final byte[] row;
    private final int kept;

    SaveSnapshot(String persistenceId, KeyRecord.Mark mark, Row row, int kept) {
      super(persistenceId);
      this.mark = mark;
      this.key = RowKeys.row(id, mark.sequence());
      this.row = row.encode(key);
      this.kept = kept;
    }

    @Override
    public long bytes() {
      return super.bytes() + row.length;
    }

    @Override
    void change(Flush flush, KeyRecord record) throws RocksDBException {
      List<KeyRecord.Mark> marks = new ArrayList<>(record.snapshots());
      marks.removeIf(other -> other.sequence() == mark.sequence());
      marks.add(mark);
      marks.sort(Comparator.comparingLong(KeyRecord.Mark::sequence));
      flush.putSnapshot(key, row);
      while (marks.size() > kept) {
        flush.deleteSnapshot(RowKeys.row(id, marks.removeFirst().sequence()));
      }
      flush.putRecord(persistenceId, id, record.withSnapshots(marks));
    }
  }

  /** Deletes some snapshots. */
  static final class DeleteSnapshots extends RecordWrite {
    private final Predicate<KeyRecord.Mark> which;

    DeleteSnapshots(String persistenceId, Predicate<KeyRecord.Mark> which) {
      super(persistenceId);
      this.which = which;
    }

    @Override
    void change(Flush flush, KeyRecord record) throws RocksDBException {
      List<KeyRecord.Mark> kept = new ArrayList<>();
      for (KeyRecord.Mark mark : record.snapshots()) {
        if (which.test(mark)) {
          flush.deleteSnapshot(RowKeys.row(id, mark.sequence()));
        } else {
          kept.add(mark);
        }
      }
      if (kept.size() < record.snapshots().size()) {
        flush.putRecord(persistenceId, id, record.withSnapshots(kept));
      }
    }
  }
}
