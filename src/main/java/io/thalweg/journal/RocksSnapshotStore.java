package io.thalweg.journal;

import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;

/**
 * The snapshot plugin {@code thalweg.journal.rocksdb-snapshots}. It keeps the newest few snapshots
 * of each id, and commits them together with events.
 */
final class RocksSnapshotStore extends SnapshotStore {
  private final JournalStore store = JournalStore.get(context().system());

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return Futures.future(
        () ->
            store
                .folder()
                .read(
                    db ->
                        StoredSnapshots.newest(
                            db, store.payloads(), persistenceId, matching(criteria)))
                .map(found -> selected(persistenceId, found)),
        store.readDispatcher());
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    try {
      Optional<Stored> extra =
          metadata.metadata().isDefined()
              ? Optional.of(store.payloads().store(metadata.metadata().get()))
              : Optional.empty();
      Row row = new Row(metadata.timestamp(), "", "", extra, store.payloads().store(snapshot));
      return submit(
          new RecordWrite.SaveSnapshot(
              metadata.persistenceId(),
              new KeyRecord.Mark(metadata.sequenceNr(), metadata.timestamp()),
              row,
              store.settings().snapshotsKept()));
    } catch (Exception e) {
      return Futures.failed(e);
    }
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    return submit(
        new RecordWrite.DeleteSnapshots(
            metadata.persistenceId(),
            mark ->
                mark.sequence() == metadata.sequenceNr()
                    && (metadata.timestamp() == 0 || mark.timestamp() == metadata.timestamp())));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return submit(new RecordWrite.DeleteSnapshots(persistenceId, matching(criteria)));
  }

  private Future<Void> submit(RecordWrite write) {
    store.submit(write);
    return write.result();
  }

  private static Predicate<KeyRecord.Mark> matching(SnapshotSelectionCriteria criteria) {
    return mark ->
        mark.sequence() <= criteria.maxSequenceNr()
            && mark.timestamp() <= criteria.maxTimestamp()
            && mark.sequence() >= criteria.minSequenceNr()
            && mark.timestamp() >= criteria.minTimestamp();
  }

  private static SelectedSnapshot selected(String persistenceId, StoredSnapshots.Found found) {
    SnapshotMetadata metadata =
        new SnapshotMetadata(persistenceId, found.mark().sequence(), found.mark().timestamp());
    return SelectedSnapshot.create(
        found.metadata().map(metadata::withMetadata).orElse(metadata), found.snapshot());
  }
}
