package io.thalweg.journal;

import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Future;
import scala.concurrent.Promise;

/** A write that changes what else is kept of an id: snapshots, and deletions. */
public abstract sealed class RecordWrite implements Write {
  private static final long RECORD_BYTES = 64;

  private final String persistenceId;
  private final Promise<Void> result = Futures.promise();
  private @Nullable Exception refusal;

  private RecordWrite(String persistenceId) {
    this.persistenceId = persistenceId;
  }

  public final String persistenceId() {
    return persistenceId;
  }

  /** Nothing is changed, and this is why. */
  public final void refuse(Exception why) {
    refusal = why;
  }

  /** Completed when the change is durable. */
  public final Future<Void> result() {
    return result.future();
  }

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public long bytes() {
    return persistenceId.length() + RECORD_BYTES;
  }

  @Override
  @SuppressWarnings("NullAway") // the one value of type Void
  public void committed() {
    var unused = refusal == null ? result.trySuccess(null) : result.tryFailure(refusal);
  }

  @Override
  public void failed(Exception cause) {
    var unused = result.tryFailure(cause);
  }

  /** Deletes events up to a number; the highest number stays known. */
  public static final class DeleteEvents extends RecordWrite {
    private final long to;

    public DeleteEvents(String persistenceId, long to) {
      super(persistenceId);
      this.to = to;
    }

    public long to() {
      return to;
    }
  }

  /** Stores a snapshot and deletes those beyond the newest few. */
  public static final class SaveSnapshot extends RecordWrite {
    private final KeyRecord.Mark mark;
    private final byte[] key;
    private final byte[] row;

    SaveSnapshot(String persistenceId, KeyRecord.Mark mark, Row row) {
      super(persistenceId);
      this.mark = mark;
      this.key = RowKeys.row(RowKeys.id(persistenceId), mark.sequence());
      this.row = row.encode(key);
    }

    public KeyRecord.Mark mark() {
      return mark;
    }

    /** The {@linkplain RowKeys key} of its row. */
    public byte[] key() {
      return key;
    }

    public byte[] row() {
      return row;
    }

    @Override
    public long bytes() {
      return super.bytes() + row.length;
    }
  }

  /** Deletes some snapshots. */
  public static final class DeleteSnapshots extends RecordWrite {
    private final Among among;

    DeleteSnapshots(String persistenceId, Among among) {
      super(persistenceId);
      this.among = among;
    }

    public Among among() {
      return among;
    }
  }

  /** Some snapshots of an id; all bounds are inclusive. */
  public record Among(long sequenceMin, long sequenceMax, long timestampMin, long timestampMax) {
    static Among upTo(long sequence) {
      return new Among(0, sequence, 0, Long.MAX_VALUE);
    }

    static Among of(SnapshotSelectionCriteria criteria) {
      return new Among(
          criteria.minSequenceNr(),
          criteria.maxSequenceNr(),
          criteria.minTimestamp(),
          criteria.maxTimestamp());
    }

    /** Without a timestamp the number decides alone. */
    static Among of(SnapshotMetadata one) {
      boolean timed = one.timestamp() != 0;
      return new Among(
          one.sequenceNr(),
          one.sequenceNr(),
          timed ? one.timestamp() : 0,
          timed ? one.timestamp() : Long.MAX_VALUE);
    }

    public boolean contains(KeyRecord.Mark mark) {
      return mark.sequence() >= sequenceMin
          && mark.sequence() <= sequenceMax
          && mark.timestamp() >= timestampMin
          && mark.timestamp() <= timestampMax;
    }
  }
}
