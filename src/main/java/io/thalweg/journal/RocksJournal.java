package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.IdleDeadline;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.rocksdb.RocksDBException;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The journal plugin {@code thalweg.journal.rocksdb}.
 *
 * <p>Events are turned to bytes in the call, and committed together with those of other actors. A
 * write that does not follow the highest stored number is refused, so that it can't overwrite
 * anything. Of an event that can't be serialized its number is stored, because its writer goes on
 * with the next one; every number thus has a row, and one that is missing is damage.
 */
final class RocksJournal extends AsyncWriteJournal {
  private final JournalStore store = JournalStore.get(context().system());

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    EventWrite write = new EventWrite();
    for (AtomicWrite message : messages) {
      add(write, message);
    }
    store.submit(write);
    return write.result();
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    RecordWrite.DeleteEvents write = new RecordWrite.DeleteEvents(persistenceId, toSequenceNr);
    store.submit(write);
    return write.result();
  }

  /**
   * Damage is left to the replay that follows: a failure here would count against the circuit
   * breaker, and a few damaged keys would keep all others from writing.
   */
  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    byte[] id = RowKeys.id(persistenceId);
    return Futures.future(
        () -> {
          try {
            return store
                .folder()
                .read(db -> EventReader.highest(db, id, EventReader.record(db, id)));
          } catch (DamagedJournalException e) {
            return Long.MAX_VALUE;
          }
        },
        store.readDispatcher());
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replayCallback) {
    return Futures.future(
        () -> {
          store
              .folder()
              .read(
                  db ->
                      replay(db, persistenceId, fromSequenceNr, toSequenceNr, max, replayCallback));
          return null;
        },
        store.readDispatcher());
  }

  private void add(EventWrite write, AtomicWrite message) {
    String persistenceId = message.persistenceId();
    byte[] id = RowKeys.id(persistenceId);
    List<PersistentRepr> events = CollectionConverters.asJava(message.payload());
    byte[][] keys = new byte[events.size()][];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = RowKeys.row(id, events.get(i).sequenceNr());
    }
    byte[][] rows = new byte[keys.length][];
    Exception refusal = null;
    try {
      for (int i = 0; i < keys.length; i++) {
        rows[i] = row(events.get(i)).encode(keys[i]);
        addDeadlines(write, events.get(i), id);
      }
    } catch (Exception e) {
      refusal = e;
      for (int i = 0; i < keys.length; i++) {
        rows[i] = Row.refused(keys[i]);
      }
    }
    write.add(persistenceId, id, message.lowestSequenceNr(), keys, rows, refusal);
  }

  private static void addDeadlines(EventWrite write, PersistentRepr event, byte[] id) {
    if (event.payload() instanceof Tagged tagged) {
      for (String tag : CollectionConverters.asJava(tagged.tags())) {
        IdleDeadline.ofTag(tag)
            .ifPresent(deadline -> write.addDeadline(DeadlineKeys.of(deadline, id)));
      }
    }
  }

  private static Object untagged(Object payload) {
    return payload instanceof Tagged tagged ? tagged.payload() : payload;
  }

  private Row row(PersistentRepr event) {
    Optional<Stored> metadata =
        event.metadata().isDefined()
            ? Optional.of(store.payloads().store(event.metadata().get()))
            : Optional.empty();
    return new Row(
        event.timestamp(),
        event.writerUuid(),
        event.manifest(),
        metadata,
        store.payloads().store(untagged(event.payload())));
  }

  /** Returns how many events were replayed. */
  private long replay(
      Database db,
      String persistenceId,
      long from,
      long to,
      long max,
      Consumer<PersistentRepr> replayCallback)
      throws RocksDBException {
    byte[] id = RowKeys.id(persistenceId);
    KeyRecord record = EventReader.record(db, id);
    long last = Math.min(to, EventReader.highest(db, id, record));
    long first = Math.max(from, 1 + (record == null ? 0 : record.deletedTo()));
    if (max <= 0 || first > last) {
      return 0;
    }
    long[] left = {max};
    EventReader.read(
        db,
        id,
        first,
        last,
        (sequence, row) -> {
          replayCallback.accept(event(persistenceId, sequence, row));
          return --left[0] > 0;
        });
    return max - left[0];
  }

  private PersistentRepr event(String persistenceId, long sequence, Row row) {
    Object payload = store.payloads().load(persistenceId, sequence, row.payload());
    PersistentRepr event =
        PersistentRepr.apply(
                payload, sequence, persistenceId, row.adapterManifest(), false, null, row.writer())
            .withTimestamp(row.timestamp());
    return row.metadata().isEmpty()
        ? event
        : event.withMetadata(store.payloads().load(persistenceId, sequence, row.metadata().get()));
  }
}
