package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.IdleDeadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The journal plugin, {@code thalweg.journal.rocksdb} and {@code thalweg.journal.postgres}.
 *
 * <p>Events are turned to bytes in the call, and committed together with those of other actors. A
 * write that does not follow the highest stored number is refused, so that it can't overwrite
 * anything. Of an event that can't be serialized its number is stored, because its writer goes on
 * with the next one; every number thus has a row, and one that is missing is damage.
 */
final class JournalPlugin extends AsyncWriteJournal {
  private final JournalStore journal = JournalStore.get(context().system());

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    EventWrite write = new EventWrite();
    for (AtomicWrite message : messages) {
      add(write, message);
    }
    journal.store().submit(write);
    return write.result();
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    RecordWrite.DeleteEvents write = new RecordWrite.DeleteEvents(persistenceId, toSequenceNr);
    journal.store().submit(write);
    return write.result();
  }

  /**
   * What concerns one key or one shard alone is left to the replay that follows: a failure here
   * would count against the circuit breaker, and a few keys would keep all others from writing.
   */
  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    return Completions.future(
        journal
            .store()
            .recover(persistenceId, rows -> extent(rows, persistenceId).highest())
            .exceptionallyCompose(
                failure -> {
                  Throwable cause = Completions.cause(failure);
                  return cause instanceof DamagedJournalException
                          || cause instanceof ShardElsewhereException
                      ? CompletableFuture.completedFuture(Long.MAX_VALUE)
                      : CompletableFuture.failedFuture(cause);
                }));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replayCallback) {
    return Completions.future(
        journal
            .store()
            .recover(
                persistenceId,
                rows ->
                    replay(
                        rows, persistenceId, fromSequenceNr, toSequenceNr, max, replayCallback)));
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
    List<IdleDeadline> deadlines = new ArrayList<>(0);
    Exception refusal = null;
    try {
      for (int i = 0; i < keys.length; i++) {
        rows[i] = row(events.get(i)).encode(keys[i]);
        addDeadlines(deadlines, events.get(i));
      }
    } catch (Exception e) {
      refusal = e;
      for (int i = 0; i < keys.length; i++) {
        rows[i] = Row.refused(keys[i]);
      }
    }
    write.add(persistenceId, message.lowestSequenceNr(), keys, rows, deadlines, refusal);
  }

  private static void addDeadlines(List<IdleDeadline> deadlines, PersistentRepr event) {
    if (event.payload() instanceof Tagged tagged) {
      for (String tag : CollectionConverters.asJava(tagged.tags())) {
        IdleDeadline.ofTag(tag).ifPresent(deadlines::add);
      }
    }
  }

  private static Object untagged(Object payload) {
    return payload instanceof Tagged tagged ? tagged.payload() : payload;
  }

  private Row row(PersistentRepr event) {
    Optional<Stored> metadata =
        event.metadata().isDefined()
            ? Optional.of(journal.payloads().store(event.metadata().get()))
            : Optional.empty();
    return new Row(
        event.timestamp(),
        event.writerUuid(),
        event.manifest(),
        metadata,
        journal.payloads().store(untagged(event.payload())));
  }

  private static Rows.Extent extent(Rows rows, String persistenceId) {
    return rows.extent(persistenceId).orElse(Rows.Extent.NOTHING);
  }

  @SuppressWarnings("NullAway") // the one value of type Void
  private Void replay(
      Rows rows,
      String persistenceId,
      long from,
      long to,
      long max,
      Consumer<PersistentRepr> replayCallback) {
    Rows.Extent extent = extent(rows, persistenceId);
    long last = Math.min(to, extent.highest());
    long first = Math.max(from, 1 + extent.deletedTo());
    if (max <= 0 || first > last) {
      return null;
    }
    long[] left = {max};
    rows.events(
        persistenceId,
        first,
        last,
        (sequence, row) -> {
          replayCallback.accept(event(persistenceId, sequence, row));
          return --left[0] > 0;
        });
    return null;
  }

  private PersistentRepr event(String persistenceId, long sequence, Row row) {
    Object payload = journal.payloads().load(persistenceId, sequence, row.payload());
    PersistentRepr event =
        PersistentRepr.apply(
                payload, sequence, persistenceId, row.adapterManifest(), false, null, row.writer())
            .withTimestamp(row.timestamp());
    return row.metadata().isEmpty()
        ? event
        : event.withMetadata(
            journal.payloads().load(persistenceId, sequence, row.metadata().get()));
  }
}
