package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.key.StreamKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** History from the data folder, batch by batch, on the read dispatcher. */
final class StoredHistory implements History {
  private final OpenFolder folder;
  private final Payloads payloads;
  private final Executor reads;
  private final JournalSettings.HistoryBatch bounds;

  StoredHistory(
      OpenFolder folder, Payloads payloads, Executor reads, JournalSettings.HistoryBatch bounds) {
    this.folder = folder;
    this.payloads = payloads;
    this.reads = reads;
    this.bounds = bounds;
  }

  /** What is left to be read. */
  private record Range(long first, long last) {}

  @Override
  public Source<VersionedEvent, NotUsed> events(StreamKey key, long fromVersion, long toVersion) {
    String persistenceId = PersistenceIds.of(key);
    return Source.lazyCompletionStage(
            () -> read(db -> range(db, persistenceId, fromVersion, toVersion)))
        .flatMapConcat(
            whole ->
                Source.unfoldAsync(
                    whole,
                    range ->
                        range.first() > range.last()
                            ? CompletableFuture.completedFuture(Optional.empty())
                            : read(db -> Optional.of(batch(db, persistenceId, range)))))
        .mapConcat(batch -> batch)
        .mapMaterializedValue(ignored -> NotUsed.getInstance());
  }

  @Override
  public CompletionStage<Optional<VersionedSnapshot>> snapshotAtOrBefore(
      StreamKey key, long version) {
    String persistenceId = PersistenceIds.of(key);
    return read(
        db ->
            StoredSnapshots.newest(db, payloads, persistenceId, mark -> mark.sequence() <= version)
                .map(
                    found ->
                        new VersionedSnapshot(
                            found.mark().sequence(),
                            as(
                                KeySnapshot.class,
                                persistenceId,
                                found.mark().sequence(),
                                found.snapshot()))));
  }

  @Override
  public CompletionStage<List<String>> keys(
      String stream, String prefix, String afterKey, int limit) {
    byte[] first = RowKeys.prefix(PersistenceIds.prefix(stream, prefix));
    byte[] after = RowKeys.end(RowKeys.id(PersistenceIds.prefix(stream, afterKey)));
    return read(db -> keys(db, first, afterKey.isEmpty() ? first : after, limit));
  }

  @Override
  public CompletionStage<OptionalLong> highestVersion(StreamKey key) {
    byte[] id = RowKeys.id(PersistenceIds.of(key));
    return read(
        db -> {
          KeyRecord record = EventReader.record(db, id);
          return record == null
              ? OptionalLong.empty()
              : OptionalLong.of(EventReader.highest(db, id, record));
        });
  }

  private <T> CompletionStage<T> read(OpenFolder.Reading<T> reading) {
    CompletableFuture<T> result = new CompletableFuture<>();
    reads.execute(
        () -> {
          try {
            result.complete(folder.read(reading));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private static Range range(Database db, String persistenceId, long from, long to)
      throws RocksDBException {
    byte[] id = RowKeys.id(persistenceId);
    KeyRecord record = EventReader.record(db, id);
    long deletedTo = record == null ? 0 : record.deletedTo();
    return new Range(
        Math.max(from, deletedTo + 1), Math.min(to, EventReader.highest(db, id, record)));
  }

  private Pair<Range, List<VersionedEvent>> batch(Database db, String persistenceId, Range range)
      throws RocksDBException {
    List<VersionedEvent> events = new ArrayList<>();
    long[] bytes = {0};
    long last = Math.min(range.last(), range.first() + bounds.eventsMax() - 1);
    long[] next = {last + 1};
    EventReader.read(
        db,
        RowKeys.id(persistenceId),
        range.first(),
        last,
        (sequence, row) -> {
          Object event = payloads.load(persistenceId, sequence, row.payload());
          events.add(
              new VersionedEvent(sequence, as(KeyEvent.class, persistenceId, sequence, event)));
          bytes[0] += row.payload().bytes().length;
          if (bytes[0] < bounds.bytesMax()) {
            return true;
          }
          next[0] = sequence + 1;
          return false;
        });
    return Pair.create(new Range(next[0], range.last()), events);
  }

  private static List<String> keys(Database db, byte[] prefix, byte[] from, int limit)
      throws RocksDBException {
    List<String> keys = new ArrayList<>();
    try (Slice lower = new Slice(prefix);
        Slice upper = new Slice(RowKeys.after(prefix));
        ReadOptions options =
            new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
        RocksIterator ids = db.rocks.newIterator(db.meta, options)) {
      for (ids.seek(from); ids.isValid() && keys.size() < limit; ids.next()) {
        keys.add(PersistenceIds.parse(RowKeys.persistenceId(ids.key())).key());
      }
      ids.status();
    }
    return keys;
  }

  private static <T> T as(Class<T> type, String persistenceId, long version, Object stored) {
    if (!type.isInstance(stored)) {
      throw new DamagedJournalException(
          persistenceId, version, "it holds a " + stored.getClass().getName());
    }
    return type.cast(stored);
  }
}
