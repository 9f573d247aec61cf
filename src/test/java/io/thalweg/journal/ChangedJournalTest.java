package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.NoLongerKeptException;
import io.thalweg.domain.key.StreamKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots are taken and events deleted between two readings, or in the midst of one. */
class ChangedJournalTest {
  private static final String ID = "s/a";

  @TempDir Path folder;

  private JournalFixture journal;
  private JournalStore store;

  @BeforeEach
  void open() {
    journal =
        JournalFixture.open(
            folder, "thalweg.journal { snapshots-kept = 2, history-events-max = 2 }");
    store = JournalStore.get(journal.system);
    for (int i = 1; i <= 6; i++) {
      journal.write(ID, i, KeyData.recorded());
    }
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void keyWhoseSnapshotIsTooOldByNowIsNotToldWhatIsLeft() throws Throwable {
    journal.saveSnapshot(ID, 4, "state");
    journal.deleteEvents(ID, 4);
    assertThatThrownBy(() -> journal.replay(ID, 3))
        .isInstanceOf(JournalChangedException.class)
        .hasMessage("the journal of s/a changed while it was read");
    assertThat(journal.replay(ID, 5)).hasSize(2);
  }

  @Test
  void keyWithoutASnapshotOfWhatWasDeletedIsDamaged() {
    journal.saveSnapshot(ID, 3, "state");
    journal.deleteEvents(ID, 4);
    assertThatThrownBy(() -> journal.replay(ID, 4))
        .isInstanceOf(DamagedJournalException.class)
        .hasMessageContaining("at version 4: it was deleted, and no snapshot makes up for it");
  }

  @Test
  void keyAllOfWhoseEventsWereDeletedIsDamagedWithoutASnapshot() {
    journal.deleteEvents(ID, 6);
    assertThatThrownBy(() -> journal.replay(ID, 1)).isInstanceOf(DamagedJournalException.class);
  }

  @Test
  void otherActorsAreToldWhatIsLeft() throws Throwable {
    journal.write("actor", 1, "one", "two");
    journal.deleteEvents("actor", 1);
    assertThat(journal.replay("actor", 1)).containsExactly("two");
  }

  @Test
  void eventsThatAreDeletedWhileTheyAreReadAreNoDamage() {
    assertThatThrownBy(() -> read("events", this::moveOn, this::replay))
        .hasCauseInstanceOf(JournalChangedException.class);
  }

  @Test
  void snapshotThatIsDeletedWhileItIsReadIsNoDamage() {
    journal.saveSnapshot(ID, 1, KeyData.snapshot(1));
    assertThatThrownBy(() -> read("snapshot", this::moveOn, this::newest))
        .hasCauseInstanceOf(JournalChangedException.class);
  }

  @Test
  void damageStaysDamageWhileOtherThingsChange() {
    journal.saveSnapshot(ID, 2, KeyData.snapshot(2));
    assertThatThrownBy(() -> read("events", () -> journal.deleteEvents(ID, 2), this::endsTooEarly))
        .hasCauseInstanceOf(DamagedJournalException.class);
  }

  @Test
  void historyThatIsDeletedWhileItIsReadIsNoLongerKept() {
    StoredHistory history =
        new StoredHistory(
            Meanwhile.before(3, "read", Store.class, store.store(), this::moveOn),
            store.payloads(),
            new JournalSettings.HistoryBatch(2, 1 << 20));
    assertThatThrownBy(
            () ->
                history
                    .events(StreamKey.parse(ID), 1, 6)
                    .runWith(Sink.seq(), journal.system)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(NoLongerKeptException.class)
        .rootCause()
        .hasMessageContaining("version 3");
  }

  /** As the next owner does. */
  private void moveOn() {
    journal.saveSnapshot(ID, 5, KeyData.snapshot(5));
    journal.saveSnapshot(ID, 6, KeyData.snapshot(6));
    journal.deleteEvents(ID, 5);
  }

  private long replay(Rows rows) {
    return new Replay(store.payloads(), ID, event -> {}, Long.MAX_VALUE)
        .tell(rows, 1, Long.MAX_VALUE);
  }

  /** What is deleted lies before the first event that is read; the last one is not there. */
  private long endsTooEarly(Rows rows) {
    Rows one =
        Meanwhile.before(
            1,
            "events",
            Rows.class,
            rows,
            () -> {
              throw new DamagedJournalException(ID, 6, "it is missing");
            });
    return new Replay(store.payloads(), ID, event -> {}, Long.MAX_VALUE)
        .tell(one, 3, Long.MAX_VALUE);
  }

  private Optional<StoredSnapshots.Found> newest(Rows rows) {
    return StoredSnapshots.newest(
        rows, store.payloads(), ID, RecordWrite.Among.upTo(Long.MAX_VALUE));
  }

  private <T> T read(String method, Runnable meanwhile, Store.Reading<T> reading) {
    return store
        .store()
        .read(rows -> reading.apply(Meanwhile.before(1, method, Rows.class, rows, meanwhile)))
        .toCompletableFuture()
        .join();
  }
}
