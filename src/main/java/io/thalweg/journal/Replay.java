package io.thalweg.journal;

import io.thalweg.domain.key.EventRun;
import io.thalweg.domain.key.KeyEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.PersistentRepr;

/**
 * Tells an actor that recovers the events that are read for it. Those of a key go as {@linkplain
 * EventRun runs}: a message to a persistent actor costs more than folding in what it holds. Of one
 * thread.
 */
final class Replay {
  private static final int RUN_EVENTS_MAX = 100;
  private static final long RUN_BYTES_MAX = 1 << 20;

  private final Payloads payloads;
  private final String persistenceId;
  private final ActorRef actor;
  private final List<KeyEvent> run = new ArrayList<>();
  private long runBytes;
  private long left;

  /**
   * @param max so many events are told at most
   */
  Replay(Payloads payloads, String persistenceId, ActorRef actor, long max) {
    this.payloads = payloads;
    this.persistenceId = persistenceId;
    this.actor = actor;
    this.left = max;
  }

  /**
   * Tells those of the events from one number to another that are stored.
   *
   * @return the highest number that was ever stored
   */
  long tell(Rows rows, long from, long to) {
    Rows.Extent extent = rows.extent(persistenceId).orElse(Rows.Extent.NOTHING);
    long last = Math.min(to, extent.highest());
    long first = Math.max(from, 1 + extent.deletedTo());
    if (left > 0 && first <= last) {
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
    return extent.highest();
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
    actor.tell(
        new JournalProtocol.ReplayedMessage(
            row.metadata().isEmpty()
                ? event
                : event.withMetadata(payloads.load(persistenceId, sequence, row.metadata().get()))),
        ActorRef.noSender());
  }
}
