package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What the store knows of one persistence id beside its rows. It is written with the id's first
 * row, so that ids can be listed without reading events, and tells what rows there must be.
 *
 * <p>Its bytes in the embedded store, big-endian: the format (1), {@code deletedTo} (8), number and
 * timestamp of each snapshot (16 each), and a CRC-32C of the id and all before (4).
 *
 * @param deletedTo events up to this number were deleted on purpose; 0: none
 * @param snapshots that are stored, by ascending sequence number
 */
public record KeyRecord(long deletedTo, List<Mark> snapshots) {
  public static final KeyRecord NEW = new KeyRecord(0, List.of());

  private static final byte FORMAT = 1;
  private static final int SNAPSHOTS_AT = 1 + Long.BYTES;
  private static final int MARK_BYTES = 2 * Long.BYTES;

  public KeyRecord {
    snapshots = List.copyOf(snapshots);
  }

  /**
   * A stored snapshot.
   *
   * @param sequence of the last event that it covers
   * @param timestamp when it was taken, in milliseconds since 1970
   */
  public record Mark(long sequence, long timestamp) {}

  /** The number of the newest snapshot; 0 without one. */
  public long newestSnapshot() {
    return snapshots.isEmpty() ? 0 : snapshots.getLast().sequence();
  }

  public KeyRecord deletedTo(long sequence) {
    return new KeyRecord(Math.max(deletedTo, sequence), snapshots);
  }

  public KeyRecord withSnapshots(List<Mark> marks) {
    return new KeyRecord(deletedTo, marks);
  }

  public byte[] encode(byte[] id) {
    ByteBuffer record =
        ByteBuffer.allocate(SNAPSHOTS_AT + snapshots.size() * MARK_BYTES + Integer.BYTES);
    record.put(FORMAT).putLong(deletedTo);
    for (Mark mark : snapshots) {
      record.putLong(mark.sequence()).putLong(mark.timestamp());
    }
    record.putInt(crc(id, record.array()));
    return record.array();
  }

  public static KeyRecord decode(byte[] id, byte[] bytes) {
    int marksBytes = bytes.length - SNAPSHOTS_AT - Integer.BYTES;
    ByteBuffer record = ByteBuffer.wrap(bytes);
    if (marksBytes < 0
        || marksBytes % MARK_BYTES != 0
        || record.get() != FORMAT
        || record.getInt(bytes.length - Integer.BYTES) != crc(id, bytes)) {
      throw damaged(id, "the record of its snapshots can't be read");
    }
    long deletedTo = record.getLong();
    List<Mark> marks = new ArrayList<>(marksBytes / MARK_BYTES);
    while (record.remaining() > Integer.BYTES) {
      marks.add(new Mark(record.getLong(), record.getLong()));
    }
    return new KeyRecord(deletedTo, marks);
  }

  /** Without the record it can't be told which events there must be, from the first on. */
  public static DamagedJournalException damaged(byte[] id, String reason) {
    return new DamagedJournalException(RowKeys.persistenceId(id), 1, reason);
  }

  private static int crc(byte[] id, byte[] record) {
    CRC32C crc = new CRC32C();
    crc.update(id, 0, id.length);
    crc.update(record, 0, record.length - Integer.BYTES);
    return (int) crc.getValue();
  }
}
