package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.EventRun;
import io.thalweg.domain.key.KeyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.persistence.PersistentRepr;

/**
 * Tells an actor that recovers the events that are read for it. Those of a key go as {@linkplain
 * EventRun runs}: a message to a persistent actor costs more than folding in what it holds. Of one
 * thread.
 *
 * <p>An actor reads its snapshot and its events one after the other, in several statements. In
 * between its shard can be lost, and the new owner can take snapshots and delete what is about to
 * be read here. A key has to get all events after its snapshot, or none of them; other actors may
 * delete events that no snapshot makes up for, and are told those that are left.
 */
final class Replay {
  private static final int RUN_EVENTS_MAX = 100;
  private static final long RUN_BYTES_MAX = 1 << 20;

  private final Payloads payloads;
  private final String persistenceId;
  private final Consumer<PersistentRepr> actor;
  private final List<KeyEvent> run = new ArrayList<>();
  private long runBytes;
  private long left;

  /**
   * @param actor is told the events
   * @param max so many are told at most
   */
  Replay(Payloads payloads, String persistenceId, Consumer<PersistentRepr> actor, long max) {
    this.payloads = payloads;
    this.persistenceId = persistenceId;
    this.actor = actor;
    this.left = max;
  }

  /**
   * Tells those of the events from one number to another that are stored.
   *
   * @return the highest number that was ever stored
   * @throws JournalChangedException if events were deleted that the actor needs, as newer snapshots
   *     than its own make up for them
   * @throws DamagedJournalException if events are missing that nothing makes up for
   */
  long tell(Rows rows, long from, long to) {
    Rows.Extent extent = rows.extent(persistenceId).orElse(Rows.Extent.NOTHING);
    long last = Math.min(to, extent.highest());
    long first = Math.max(from, 1 + extent.deletedTo());
    if (left > 0
        && Math.max(1, from) <= Math.min(last, extent.deletedTo())
        && PersistenceIds.isKey(persistenceId)) {
      throw missing(rows, from);
    }
    if (left > 0 && first <= last) {
      try {
        tellAll(rows, first, last);
      } catch (DamagedJournalException e) {
        if (rows.extent(persistenceId).orElse(Rows.Extent.NOTHING).deletedTo() >= first) {
          throw new JournalChangedException(persistenceId);
        }
        throw e;
      }
    }
    return extent.highest();
  }

  /** The actor's snapshot is older than what was deleted: is there a newer one to be read? */
  private RuntimeException missing(Rows rows, long from) {
    KeyRecord record = rows.record(persistenceId).orElse(KeyRecord.NEW);
    return record.newestSnapshot() >= record.deletedTo()
        ? new JournalChangedException(persistenceId)
        : new DamagedJournalException(
            persistenceId, from, "it was deleted, and no snapshot makes up for it");
  }

  private void tellAll(Rows rows, long first, long last) {
    long[] read = {first - 1};
    Row[] newest = new Row[1];
    rows.events(
        persistenceId,
        first,
        last,
        (sequence, row) -> {
          Object event = payloads.load(persistenceId, sequence, row.payload());
          if (event instanceof KeyEvent ofKey && row.metadata().isEmpty()) {
            gather(sequence, row, ofKey);
          } else {
            tell(sequence, row, event);
          }
          read[0] = sequence;
          newest[0] = row;
          return --left > 0;
        });
    if (!run.isEmpty()) {
      tellRun(read[0], newest[0]);
    }
  }

  private void gather(long sequence, Row row, KeyEvent event) {
    run.add(event);
    runBytes += row.payload().bytes().length;
    if (run.size() == RUN_EVENTS_MAX || runBytes >= RUN_BYTES_MAX) {
      tellRun(sequence, row);
    }
  }

  /** As an event with the number of the run's last one. */
  private void tellRun(long sequence, Row row) {
    tell(sequence, row, run.size() == 1 ? run.getFirst() : new EventRun(run));
    run.clear();
    runBytes = 0;
  }

  private void tell(long sequence, Row row, Object payload) {
    PersistentRepr event =
        PersistentRepr.apply(
                payload, sequence, persistenceId, row.adapterManifest(), false, null, row.writer())
            .withTimestamp(row.timestamp());
    actor.accept(
        row.metadata().isEmpty()
            ? event
            : event.withMetadata(payloads.load(persistenceId, sequence, row.metadata().get())));
  }
}
