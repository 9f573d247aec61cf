package io.thalweg.journal;

import java.util.Optional;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;

/**
 * The snapshot plugin, {@code thalweg.journal.rocksdb-snapshots} and {@code
 * thalweg.journal.postgres-snapshots}. It keeps the newest few snapshots of each id, and commits
 * them together with events.
 */
final class SnapshotPlugin extends SnapshotStore {
  private final JournalStore journal = JournalStore.get(context().system());

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return Completions.future(
        journal
            .store()
            .recover(
                persistenceId,
                rows ->
                    StoredSnapshots.newest(
                            rows, journal.payloads(), persistenceId, RecordWrite.Among.of(criteria))
                        .map(found -> selected(persistenceId, found))));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    try {
      Optional<Stored> extra =
          metadata.metadata().isDefined()
              ? Optional.of(journal.payloads().store(metadata.metadata().get()))
              : Optional.empty();
      Row row = new Row(metadata.timestamp(), "", "", extra, journal.payloads().store(snapshot));
      RecordWrite.SaveSnapshot write =
          new RecordWrite.SaveSnapshot(
              metadata.persistenceId(),
              new KeyRecord.Mark(metadata.sequenceNr(), metadata.timestamp()),
              row);
      Future<Void> saved = submit(write);
      saved.onComplete(
          outcome -> {
            if (outcome.isSuccess()) {
              journal.retention().snapshotSaved(metadata.persistenceId());
            }
            return null;
          },
          context().dispatcher());
      return saved;
    } catch (Exception e) {
      return Futures.failed(e);
    }
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    return submit(
        new RecordWrite.DeleteSnapshots(metadata.persistenceId(), RecordWrite.Among.of(metadata)));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return submit(new RecordWrite.DeleteSnapshots(persistenceId, RecordWrite.Among.of(criteria)));
  }

  private Future<Void> submit(RecordWrite write) {
    journal.store().submit(write);
    return write.result();
  }

  private static SelectedSnapshot selected(String persistenceId, StoredSnapshots.Found found) {
    SnapshotMetadata metadata =
        new SnapshotMetadata(persistenceId, found.mark().sequence(), found.mark().timestamp());
    return SelectedSnapshot.create(
        found.metadata().map(metadata::withMetadata).orElse(metadata), found.snapshot());
  }
}
