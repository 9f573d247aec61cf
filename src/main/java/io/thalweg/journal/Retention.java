package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old events of a key, a bounded number after each snapshot that it takes.
 *
 * <p>What goes lies below the oldest snapshot that is kept, so that each of them can still be
 * recovered from: one covers for damage to another. Before anything goes, every snapshot is read
 * back: its checksum must be right, and what is read must turn into the same bytes again. The store
 * deletes only if this node owns the key's shard.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int SNAPSHOTS_MIN = 2;

  private final RetentionSettings settings;
  private final int snapshotsKept;
  private final Store store;
  private final Payloads payloads;
  private final LongSupplier clockMillis;

  Retention(
      RetentionSettings settings,
      int snapshotsKept,
      Store store,
      Payloads payloads,
      LongSupplier clockMillis) {
    this.settings = settings;
    this.snapshotsKept = snapshotsKept;
    this.store = store;
    this.payloads = payloads;
    this.clockMillis = clockMillis;
  }

  /** A snapshot of an id is durable. */
  void snapshotSaved(String persistenceId) {
    if (settings.enabled()) {
      var unused =
          store
              .read(rows -> deletable(rows, persistenceId))
              .whenComplete(
                  (to, failure) -> {
                    if (failure != null) {
                      LOG.warn(
                          "No events of {} are deleted: {}",
                          persistenceId,
                          Completions.cause(failure).getMessage());
                    } else if (to.isPresent()) {
                      store.submit(new RecordWrite.DeleteEvents(persistenceId, to.getAsLong()));
                    }
                  });
    }
  }

  /** Up to which number events may go now; empty where none may. */
  OptionalLong deletable(Rows rows, String persistenceId) {
    KeyRecord record = rows.record(persistenceId).orElse(KeyRecord.NEW);
    List<KeyRecord.Mark> marks = record.snapshots();
    if (marks.size() < Math.min(SNAPSHOTS_MIN, snapshotsKept)) {
      return OptionalLong.empty();
    }
    long highest = rows.extent(persistenceId).orElse(Rows.Extent.NOTHING).highest();
    long to =
        Math.min(
            Math.min(marks.getFirst().sequence(), highest - settings.eventsKeptMin()),
            record.deletedTo() + settings.stepEventsMax());
    if (to > record.deletedTo() && settings.age().isPositive()) {
      to = lastOlder(rows, persistenceId, record.deletedTo(), to);
    }
    if (to <= record.deletedTo()) {
      return OptionalLong.empty();
    }
    marks.forEach(mark -> verify(rows, persistenceId, mark));
    return OptionalLong.of(to);
  }

  /** The last of some events that is as old as it must be, where all before it are, too. */
  private long lastOlder(Rows rows, String persistenceId, long deletedTo, long to) {
    long newest = clockMillis.getAsLong() - settings.age().toMillis();
    long[] last = {deletedTo};
    rows.events(
        persistenceId,
        deletedTo + 1,
        to,
        (sequence, row) -> {
          if (row.timestamp() > newest) {
            return false;
          }
          last[0] = sequence;
          return true;
        });
    return last[0];
  }

  private void verify(Rows rows, String persistenceId, KeyRecord.Mark mark) {
    long sequence = mark.sequence();
    byte[] key = RowKeys.row(RowKeys.id(persistenceId), sequence);
    Stored stored =
        Row.decode(persistenceId, sequence, key, rows.snapshot(persistenceId, sequence))
            .map(Row::payload)
            .orElseThrow(
                () ->
                    new DamagedJournalException(
                        persistenceId, sequence, "its snapshot's row is empty"));
    Stored again = payloads.store(payloads.load(persistenceId, sequence, stored));
    if (!again.manifest().equals(stored.manifest())
        || !Arrays.equals(again.bytes(), stored.bytes())) {
      throw new DamagedJournalException(
          persistenceId, sequence, "its snapshot reads as another than was written");
    }
  }
}
