package io.thalweg.journal.postgres;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.Shards;
import io.thalweg.journal.EventWrite;
import io.thalweg.journal.ForgetDeadline;
import io.thalweg.journal.QueueRow;
import io.thalweg.journal.RecordWrite;
import io.thalweg.journal.RefusedWriteException;
import io.thalweg.journal.ShardElsewhereException;
import io.thalweg.journal.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes that one statement commits. The statement deletes after it has stored events and
 * snapshots. What must come after a deletion that is already here, and a second snapshot of an id,
 * {@linkplain #mustWait waits} for the next segment, so that writes of an id take effect in their
 * order.
 */
final class Segment {
  private static final int EVENTS = 0;
  private static final int SNAPSHOT = 1;
  private static final int DELETION = 2;

  private final Shards shards;
  private final KnownKeys known;
  private final IntFunction<Tenure> tenures;
  private final FlushStatement statement = new FlushStatement();
  private final List<Write> writes = new ArrayList<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final List<RecordWrite> records = new ArrayList<>(0);
  private final Map<String, Integer> steps = new HashMap<>();
  private int fencedEvents;
  private int fencedKeys;

  /** Consecutive events of one id, which are stored all or not at all. */
  private static final class Run {
    final Tenure tenure;
    final List<EventWrite.Atomic> atomics = new ArrayList<>(1);
    long last;

    Run(Tenure tenure) {
      this.tenure = tenure;
    }

    void refuse(Exception why) {
      atomics.forEach(atomic -> atomic.refuse(why));
    }

    int events() {
      return atomics.stream().mapToInt(atomic -> atomic.rows().length).sum();
    }
  }

  /**
   * @param tenures of the shards concerned; throws {@link ShardElsewhereException} where there is
   *     none
   */
  Segment(Shards shards, KnownKeys known, IntFunction<Tenure> tenures) {
    this.shards = shards;
    this.known = known;
    this.tenures = tenures;
  }

  List<Write> writes() {
    return writes;
  }

  FlushStatement statement() {
    return statement;
  }

  int fencedEvents() {
    return fencedEvents;
  }

  int fencedKeys() {
    return fencedKeys;
  }

  /** Whether a write is to be committed after this segment, not with it. */
  boolean mustWait(Write write) {
    return switch (write) {
      case EventWrite events ->
          events.atomics().stream().anyMatch(atomic -> isPast(SNAPSHOT, atomic.persistenceId()));
      case RecordWrite.SaveSnapshot snapshot -> steps.getOrDefault(snapshot.persistenceId(), 0) > 0;
      case RecordWrite.DeleteEvents deletion -> isPast(DELETION, deletion.persistenceId());
      case RecordWrite.DeleteSnapshots deletion -> isPast(DELETION, deletion.persistenceId());
      case ForgetDeadline forget -> isPast(DELETION, forget.persistenceId());
    };
  }

  private boolean isPast(int step, String persistenceId) {
    return steps.getOrDefault(persistenceId, EVENTS) > step;
  }

  void add(Write write) {
    writes.add(write);
    switch (write) {
      case EventWrite events -> events.atomics().forEach(this::add);
      case RecordWrite record -> add(record);
      case ForgetDeadline forget -> {
        if (PersistenceIdCheck.refusal(forget.persistenceId()) == null) {
          steps.put(forget.persistenceId(), DELETION);
          statement.deleteDeadline(forget.persistenceId(), forget.deadline().atNanos());
        }
      }
    }
  }

  private void add(EventWrite.Atomic atomic) {
    atomic.admit();
    String id = atomic.persistenceId();
    Exception unfit = PersistenceIdCheck.refusal(id);
    if (unfit != null) {
      atomic.refuse(unfit);
      return;
    }
    Tenure tenure;
    try {
      tenure = tenures.apply(shards.of(id));
    } catch (ShardElsewhereException e) {
      fence(atomic, e);
      return;
    }
    if (atomic.tenure() != 0 && atomic.tenure() != tenure.since()) {
      fence(atomic, outdated(tenure));
      return;
    }
    Run run = runs.get(id);
    if (run == null) {
      run = begin(id, tenure, atomic);
      if (run == null) {
        return;
      }
      runs.put(id, run);
    } else if (atomic.first() != run.last + 1) {
      atomic.refuse(new RefusedWriteException(id, atomic.first(), run.last));
      return;
    }
    run.atomics.add(atomic);
    run.last = atomic.last();
    for (int i = 0; i < atomic.rows().length; i++) {
      statement.event(id, tenure, atomic.first() + i, atomic.rows()[i]);
    }
    for (IdleDeadline deadline : atomic.deadlines()) {
      statement.deadline(id, tenure, deadline.atNanos());
    }
    for (QueueRow queued : atomic.queued()) {
      statement.queue(id, tenure, queued);
    }
  }

  /** Null where the atomic is refused. */
  private @Nullable Run begin(String id, Tenure tenure, EventWrite.Atomic atomic) {
    KnownKeys.Known highest = known.of(id);
    if (highest == null) {
      statement.lookup(id, tenure, atomic.first());
    } else if (highest.since() != tenure.since()) {
      fence(atomic, outdated(tenure));
      return null;
    } else if (atomic.first() != highest.highest() + 1) {
      atomic.refuse(new RefusedWriteException(id, atomic.first(), highest.highest()));
      return null;
    }
    return new Run(tenure);
  }

  private void add(RecordWrite write) {
    String id = write.persistenceId();
    Exception unfit = PersistenceIdCheck.refusal(id);
    if (unfit != null) {
      write.refuse(unfit);
      return;
    }
    Tenure tenure;
    try {
      tenure = tenures.apply(shards.of(id));
    } catch (ShardElsewhereException e) {
      write.refuse(e);
      return;
    }
    records.add(write);
    switch (write) {
      case RecordWrite.SaveSnapshot snapshot -> {
        steps.put(id, SNAPSHOT);
        statement.snapshot(id, tenure, snapshot.mark(), snapshot.row());
      }
      case RecordWrite.DeleteEvents deletion -> {
        steps.put(id, DELETION);
        statement.deleteEvents(id, tenure, deletion.to());
      }
      case RecordWrite.DeleteSnapshots deletion -> {
        steps.put(id, DELETION);
        statement.deleteSnapshots(id, tenure, deletion.among());
      }
    }
  }

  /** Takes note of what the store has refused; the rest is stored. */
  void stored(List<FlushStatement.Refusal> refusals, Ownership ownership) {
    for (FlushStatement.Refusal refusal : refusals) {
      switch (refusal) {
        case FlushStatement.Refusal.OfShard shard -> lose(shard, ownership);
        case FlushStatement.Refusal.OfNumber number -> {
          Run run = runs.remove(number.id());
          if (run != null) {
            run.refuse(
                new RefusedWriteException(
                    number.id(), run.atomics.getFirst().first(), number.highest()));
          }
        }
        case FlushStatement.Refusal.OfDamage damage -> {
          Run run = runs.remove(damage.id());
          if (run != null) {
            run.refuse(
                new DamagedJournalException(
                    damage.id(), damage.highest() + 1, "it is missing; a snapshot was stored"));
          }
        }
      }
    }
    runs.forEach((id, run) -> known.written(id, run.last, run.tenure.since()));
  }

  private void lose(FlushStatement.Refusal.OfShard refusal, Ownership ownership) {
    for (Tenure tenure : statement.tenures()) {
      if (tenure.shard() == refusal.shard()) {
        ShardElsewhereException why = ownership.refused(tenure, refusal.owner(), refusal.node());
        runs.values()
            .removeIf(
                run -> {
                  if (run.tenure.shard() != refusal.shard()) {
                    return false;
                  }
                  run.refuse(why);
                  fencedEvents += run.events();
                  fencedKeys++;
                  return true;
                });
        records.stream()
            .filter(record -> shards.of(record.persistenceId()) == refusal.shard())
            .forEach(record -> record.refuse(why));
      }
    }
  }

  /** Nothing is known any more of what is stored of these ids. */
  void forget() {
    known.forget(runs.keySet());
  }

  private void fence(EventWrite.Atomic atomic, ShardElsewhereException why) {
    atomic.refuse(why);
    fencedEvents += atomic.rows().length;
    fencedKeys++;
  }

  private static ShardElsewhereException outdated(Tenure tenure) {
    return new ShardElsewhereException(
        "shard " + tenure.shard() + " has had another owner since the key was recovered");
  }
}
