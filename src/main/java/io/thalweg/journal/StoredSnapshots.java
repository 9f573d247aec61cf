package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.rocksdb.RocksDBException;
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
   */
  static Optional<Found> newest(
      Database database, Payloads payloads, String persistenceId, Predicate<KeyRecord.Mark> among)
      throws RocksDBException {
    byte[] id = RowKeys.id(persistenceId);
    KeyRecord record = EventReader.record(database, id);
    List<KeyRecord.Mark> marks = record == null ? List.of() : record.snapshots();
    DamagedJournalException damage = null;
    for (KeyRecord.Mark mark : marks.reversed()) {
      if (!among.test(mark)) {
        continue;
      }
      if (damage != null && record != null && record.deletedTo() > mark.sequence()) {
        throw damage;
      }
      try {
        return Optional.of(read(database, payloads, persistenceId, id, mark));
      } catch (DamagedJournalException e) {
        LOG.error("A snapshot is damaged and passed over: {}", e.getMessage());
        damage = e;
      }
    }
    if (damage != null && record != null && record.deletedTo() > 0) {
      throw damage;
    }
    return Optional.empty();
  }

  private static Found read(
      Database database, Payloads payloads, String persistenceId, byte[] id, KeyRecord.Mark mark)
      throws RocksDBException {
    byte[] key = RowKeys.row(id, mark.sequence());
    Row row =
        Row.decode(persistenceId, mark.sequence(), key, bytes(database, persistenceId, key))
            .orElseThrow(
                () ->
                    new DamagedJournalException(
                        persistenceId, mark.sequence(), "its snapshot's row is empty"));
    return new Found(
        mark,
        row.metadata().map(m -> payloads.load(persistenceId, mark.sequence(), m)),
        payloads.load(persistenceId, mark.sequence(), row.payload()));
  }

  private static byte[] bytes(Database database, String persistenceId, byte[] key)
      throws RocksDBException {
    long sequence = RowKeys.sequence(key);
    try {
      byte[] bytes = database.rocks.get(database.snapshots, key);
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
  }
}
