package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.key.NoLongerKeptException;
import io.thalweg.domain.key.StreamKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/** History from the store, batch by batch. */
final class StoredHistory implements History {
  private final Store store;
  private final Payloads payloads;
  private final JournalSettings.HistoryBatch bounds;

  StoredHistory(Store store, Payloads payloads, JournalSettings.HistoryBatch bounds) {
    this.store = store;
    this.payloads = payloads;
    this.bounds = bounds;
  }

  /** What is left to be read. */
  private record Range(long first, long last) {}

  @Override
  public Source<VersionedEvent, NotUsed> events(StreamKey key, long fromVersion, long toVersion) {
    String persistenceId = PersistenceIds.of(key);
    return Source.lazyCompletionStage(
            () -> store.read(rows -> range(rows, persistenceId, fromVersion, toVersion)))
        .flatMapConcat(
            whole ->
                Source.unfoldAsync(
                    whole,
                    range ->
                        range.first() > range.last()
                            ? CompletableFuture.completedFuture(Optional.empty())
                            : store.read(rows -> Optional.of(next(rows, persistenceId, range)))))
        .mapConcat(batch -> batch)
        .mapMaterializedValue(ignored -> NotUsed.getInstance());
  }

  @Override
  public CompletionStage<Optional<VersionedSnapshot>> snapshotAtOrBefore(
      StreamKey key, long version) {
    String persistenceId = PersistenceIds.of(key);
    return store.read(
        rows ->
            StoredSnapshots.newest(rows, payloads, persistenceId, RecordWrite.Among.upTo(version))
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
    String after = afterKey.isEmpty() ? "" : PersistenceIds.prefix(stream, afterKey);
    return store.read(
        rows ->
            rows.ids(PersistenceIds.prefix(stream, prefix), after, limit).stream()
                .map(id -> PersistenceIds.parse(id).key())
                .toList());
  }

  @Override
  public CompletionStage<Optional<Kept>> kept(StreamKey key) {
    String persistenceId = PersistenceIds.of(key);
    return store.read(
        rows ->
            rows.extent(persistenceId)
                .map(
                    extent ->
                        new Kept(
                            extent.deletedTo() + 1,
                            extent.deletedTo() == 0 ? 0 : firstState(rows, persistenceId))));
  }

  @Override
  public CompletionStage<OptionalLong> highestVersion(StreamKey key) {
    return store.read(
        rows ->
            rows.extent(PersistenceIds.of(key))
                .map(extent -> OptionalLong.of(extent.highest()))
                .orElse(OptionalLong.empty()));
  }

  /** The first version of which the state can be told: 0 is the empty one. */
  private static long firstState(Rows rows, String persistenceId) {
    KeyRecord record = rows.record(persistenceId).orElse(KeyRecord.NEW);
    return record.deletedTo() == 0
        ? 0
        : record.snapshots().stream()
            .mapToLong(KeyRecord.Mark::sequence)
            .filter(sequence -> sequence >= record.deletedTo())
            .findFirst()
            .orElse(Long.MAX_VALUE);
  }

  private static Range range(Rows rows, String persistenceId, long from, long to) {
    Rows.Extent extent = rows.extent(persistenceId).orElse(Rows.Extent.NOTHING);
    long last = Math.min(to, extent.highest());
    if (from <= extent.deletedTo() && from <= last) {
      throw noLongerKept(rows, persistenceId, from, extent);
    }
    return new Range(from, last);
  }

  private static NoLongerKeptException noLongerKept(
      Rows rows, String persistenceId, long from, Rows.Extent extent) {
    return new NoLongerKeptException(
        persistenceId, from, extent.deletedTo() + 1, firstState(rows, persistenceId));
  }

  /** What is missing may have been deleted since the range was found. */
  private Pair<Range, List<VersionedEvent>> next(Rows rows, String persistenceId, Range range) {
    try {
      return batch(rows, persistenceId, range);
    } catch (DamagedJournalException e) {
      Rows.Extent extent = rows.extent(persistenceId).orElse(Rows.Extent.NOTHING);
      throw extent.deletedTo() >= range.first()
          ? noLongerKept(rows, persistenceId, range.first(), extent)
          : e;
    }
  }

  private Pair<Range, List<VersionedEvent>> batch(Rows rows, String persistenceId, Range range) {
    List<VersionedEvent> events = new ArrayList<>();
    long[] bytes = {0};
    long last = Math.min(range.last(), range.first() + bounds.eventsMax() - 1);
    long[] next = {last + 1};
    rows.events(
        persistenceId,
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

  private static <T> T as(Class<T> type, String persistenceId, long version, Object stored) {
    if (!type.isInstance(stored)) {
      throw new DamagedJournalException(
          persistenceId, version, "it holds a " + stored.getClass().getName());
    }
    return type.cast(stored);
  }
}
