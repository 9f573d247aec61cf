package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads snapshots. One that is damaged is passed over for an older one, or for none, as long as the
 * events are there that make up for it: a snapshot only shortens the way through them.
 */
final class StoredSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(StoredSnapshots.class);

  private StoredSnapshots() {}

  /** A snapshot as it was found. */
  record Found(KeyRecord.Mark mark, Optional<Object> metadata, Object snapshot) {}

  /**
   * The newest readable snapshot among some.
   *
   * @throws DamagedJournalException if one is damaged and the events after the next older one were
   *     deleted
   * @throws JournalChangedException if one could not be read because snapshots or events were
   *     deleted meanwhile
   */
  static Optional<Found> newest(
      Rows rows, Payloads payloads, String persistenceId, RecordWrite.Among among) {
    KeyRecord record = rows.record(persistenceId).orElse(KeyRecord.NEW);
    List<KeyRecord.Mark> marks = record.snapshots();
    DamagedJournalException damage = null;
    for (KeyRecord.Mark mark : marks.reversed()) {
      if (!among.contains(mark)) {
        continue;
      }
      if (damage != null && record.deletedTo() > mark.sequence()) {
        throw damage;
      }
      try {
        return Optional.of(read(rows, payloads, persistenceId, mark));
      } catch (DamagedJournalException e) {
        if (!rows.record(persistenceId).equals(Optional.of(record))) {
          throw new JournalChangedException(persistenceId);
        }
        LOG.error("A snapshot is damaged and passed over: {}", e.getMessage());
        damage = e;
      }
    }
    if (damage != null && record.deletedTo() > 0) {
      throw damage;
    }
    return Optional.empty();
  }

  private static Found read(
      Rows rows, Payloads payloads, String persistenceId, KeyRecord.Mark mark) {
    byte[] key = RowKeys.row(RowKeys.id(persistenceId), mark.sequence());
    byte[] bytes = rows.snapshot(persistenceId, mark.sequence());
    Row row =
        Row.decode(persistenceId, mark.sequence(), key, bytes)
            .orElseThrow(
                () ->
                    new DamagedJournalException(
                        persistenceId, mark.sequence(), "its snapshot's row is empty"));
    return new Found(
        mark,
        row.metadata().map(m -> payloads.load(persistenceId, mark.sequence(), m)),
        payloads.load(persistenceId, mark.sequence(), row.payload()));
  }
}
