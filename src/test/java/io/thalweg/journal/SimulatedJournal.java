package io.thalweg.journal;

import com.typesafe.config.ConfigFactory;
import io.thalweg.domain.key.EventRun;
import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.dispatch.ExecutionContexts;
import org.jspecify.annotations.Nullable;

/**
 * What the journal's plugins do for keys, without actors: the real bytes, the real bookkeeping of
 * writes under way, the real choice of a snapshot and of what may be deleted, the real replay. Of
 * one thread.
 */
public final class SimulatedJournal {
  /** Knows the serializers; it runs nothing. */
  private static final Payloads PAYLOADS =
      new Payloads(ActorSystem.create("simulated-payloads", ConfigFactory.load()));

  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(10);

  private final Store store;
  private final WritesUnderWay underWay = new WritesUnderWay(WRITE_TIMEOUT);
  private final Retention retention;
  private final String life;
  private final LongSupplier clockNanos;

  /**
   * @param retained whether old events are deleted
   * @param life in whose name events are written
   */
  public SimulatedJournal(Store store, boolean retained, String life, LongSupplier clockNanos) {
    this.store = store;
    this.life = life;
    this.clockNanos = clockNanos;
    retention =
        new Retention(
            new RetentionSettings(retained, 0, Duration.ZERO, 100),
            2,
            store,
            PAYLOADS,
            () -> clockNanos.getAsLong() / 1_000_000);
  }

  /** Events read for a key: those after a number. */
  public record Events(List<KeyEvent> events, long highest) {}

  /** A snapshot read for a key. */
  public record Found(long sequence, KeySnapshot snapshot) {}

  /**
   * Hands an event to the store.
   *
   * @param answered told once: null where it is durable, else why it is not known to be
   */
  public void persist(
      String id,
      long number,
      KeyEvent event,
      Optional<IdleDeadline> deadline,
      Consumer<@Nullable Exception> answered) {
    EventWrite write =
        new EventWrite(
            (w, failure) ->
                answered.accept(failure != null ? failure : w.atomics().getFirst().refusal()));
    byte[] key = RowKeys.row(RowKeys.id(id), number);
    Row row =
        new Row(
            clockNanos.getAsLong() / 1_000_000, life, "", Optional.empty(), PAYLOADS.store(event));
    write.add(
        id,
        number,
        new byte[][] {key},
        new byte[][] {row.encode(key)},
        deadline.stream().toList(),
        List.of(),
        null);
    if (underWay.add(write, clockNanos.getAsLong())) {
      store.submit(write);
    }
  }

  /** Gives up writes that wait for too long. */
  public void check() {
    underWay.check(clockNanos.getAsLong());
  }

  /** Hands a snapshot to the store; once it is durable, old events may go. */
  public void save(String id, long number, KeySnapshot snapshot) {
    long millis = clockNanos.getAsLong() / 1_000_000;
    RecordWrite.SaveSnapshot write =
        new RecordWrite.SaveSnapshot(
            id,
            new KeyRecord.Mark(number, millis),
            new Row(millis, "", "", Optional.empty(), PAYLOADS.store(snapshot)));
    store.submit(write);
    write
        .result()
        .onComplete(
            outcome -> {
              if (outcome.isSuccess()) {
                retention.snapshotSaved(id);
              }
              return null;
            },
            ExecutionContexts.fromExecutor(Runnable::run));
  }

  /** Hands the store a deletion of events, as a persistent actor may ask for it. */
  public void deleteEvents(String id, long to) {
    store.submit(new RecordWrite.DeleteEvents(id, to));
  }

  /** The same, of the snapshots with numbers from one to another, of any age. */
  public void deleteSnapshots(String id, long from, long to) {
    store.submit(
        new RecordWrite.DeleteSnapshots(id, new RecordWrite.Among(from, to, 0, Long.MAX_VALUE)));
  }

  /** The newest snapshot, for a key that is going to write. */
  public CompletionStage<Optional<Found>> snapshot(String id) {
    return store.recover(
        id,
        rows ->
            StoredSnapshots.newest(rows, PAYLOADS, id, RecordWrite.Among.upTo(Long.MAX_VALUE))
                .map(f -> new Found(f.mark().sequence(), (KeySnapshot) f.snapshot())));
  }

  /** The events after a number, for a key that is going to write. */
  public CompletionStage<Events> eventsAfter(String id, long number) {
    return store.recover(
        id,
        rows -> {
          List<KeyEvent> events = new ArrayList<>();
          long highest =
              new Replay(PAYLOADS, id, told -> add(events, told.payload()), Long.MAX_VALUE)
                  .tell(rows, number + 1, Long.MAX_VALUE);
          return new Events(events, highest);
        });
  }

  private static void add(List<KeyEvent> events, Object told) {
    if (told instanceof EventRun run) {
      events.addAll(run.events());
    } else {
      events.add((KeyEvent) told);
    }
  }

  /** The event in a row's bytes. */
  public static KeyEvent event(String id, long number, byte[] bytes) {
    Row row = Row.decode(id, number, RowKeys.row(RowKeys.id(id), number), bytes).orElseThrow();
    return (KeyEvent) PAYLOADS.load(id, number, row.payload());
  }
}
