package io.thalweg.simulation;

import static io.thalweg.simulation.Scheduler.MICRO;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.journal.SimulatedJournal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One key in a node's memory: does what {@code KeyActor} does on Pekko's persistence. It reads a
 * snapshot, then events; decides; persists one event at a time, and what comes meanwhile waits;
 * answers after that. A write that fails ends it, and what waits with it.
 */
final class Key {

  /** Is told the results, or null: unknown. */
  @FunctionalInterface
  interface ReplyTo {
    void reply(@Nullable List<BatchResult> results);
  }

  private final Node node;
  private final String id;
  private final ArrayDeque<Runnable> stash = new ArrayDeque<>();
  private KeyState state;
  private long number;
  private boolean busy = true; // recovering, or persisting
  private boolean leaving;
  private boolean ended;
  private Optional<IdleDeadline> deadline = Optional.empty();

  Key(Node node, String id) {
    this.node = node;
    this.id = id;
    this.state = KeyState.empty(node.definition());
  }

  void recover() {
    node.journal()
        .snapshot(id)
        .whenComplete((found, failure) -> later("snapshot of", () -> onSnapshot(found, failure)));
  }

  private void onSnapshot(
      @Nullable Optional<SimulatedJournal.Found> found, @Nullable Throwable failure) {
    if (found == null) {
      fail(failure);
      return;
    }
    found.ifPresent(
        f -> {
          state = KeyState.restore(f.snapshot());
          number = f.sequence();
        });
    node.journal()
        .eventsAfter(id, number)
        .whenComplete((events, cause) -> later("events of", () -> onEvents(events, cause)));
  }

  private void onEvents(SimulatedJournal.@Nullable Events events, @Nullable Throwable failure) {
    if (events == null) {
      fail(failure);
      return;
    }
    for (KeyEvent event : events.events()) {
      state = state.evolve(event);
    }
    number = Math.max(number, events.highest());
    node.world().oracle().lives(id, number, state);
    node.world().note("recovered", () -> id + " at " + number + " on " + node.name());
    goOn();
  }

  boolean isRecovered() {
    return !busy;
  }

  KeyState state() {
    return state;
  }

  private void fail(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    node.world()
        .oracle()
        .check(
            !(cause instanceof DamagedJournalException),
            Invariant.NO_DAMAGE,
            "%s",
            cause == null ? "" : cause.getMessage());
    node.world().note("unreadable", () -> id + " on " + node.name() + ": " + cause);
    node.quarantine(id);
    end();
  }

  void record(List<KeyBatch> batches, ReplyTo replyTo) {
    if (busy) {
      stash.add(() -> record(batches, replyTo));
      return;
    }
    Decision decision =
        node.world().wiring().decide(state, node.definition(), batches, node.clockNanos());
    if (decision.event().isEmpty()) {
      reply(batches, decision, replyTo);
      return;
    }
    persist(decision, () -> reply(batches, decision, replyTo), () -> replyTo.reply(null));
  }

  void checkIdle() {
    if (busy) {
      stash.add(this::checkIdle);
      return;
    }
    Decision decision = state.decideIdle(node.definition(), node.clockNanos());
    if (decision.event().isPresent()) {
      persist(decision, () -> {}, () -> {});
    }
  }

  /** Leaves memory once all is done that has come by now. */
  void leave() {
    leaving = true;
    if (!busy) {
      end();
    }
  }

  private void reply(List<KeyBatch> batches, Decision decision, ReplyTo replyTo) {
    for (int i = 0; i < batches.size(); i++) {
      node.world()
          .oracle()
          .answered(
              id, batches.get(i), decision.results().get(i), node.definition().producersMax());
    }
    replyTo.reply(decision.results());
  }

  private void persist(Decision decision, Runnable stored, Runnable unknown) {
    busy = true;
    KeyState before = state;
    KeyEvent event = decision.event().orElseThrow();
    Optional<IdleDeadline> next = decision.after().idleDeadline(node.definition());
    Optional<IdleDeadline> told = next.equals(deadline) ? Optional.empty() : next;
    deadline = next;
    long mine = number + 1;
    node.world()
        .wiring()
        .persist(
            event,
            failure ->
                later(
                    failure == null ? "stored" : "not stored",
                    () -> onAnswer(before, decision.after(), failure, stored, unknown)),
            (fact, answered) -> node.journal().persist(id, mine, fact, told, answered));
  }

  private void onAnswer(
      KeyState before,
      KeyState after,
      @Nullable Exception failure,
      Runnable stored,
      Runnable unknown) {
    if (failure != null) {
      node.world().note("refused", () -> id + " on " + node.name() + ": " + failure.getMessage());
      node.world()
          .oracle()
          .check(
              !(failure instanceof DamagedJournalException),
              Invariant.NO_DAMAGE,
              "%s",
              failure.getMessage());
      end();
      unknown.run();
      return;
    }
    number++;
    state = after;
    node.world().oracle().lives(id, number, state);
    stored.run();
    if (number % node.world().plan().snapshotEvery() == 0) {
      save(before);
    }
    goOn();
  }

  /** A state is a value: what is saved of it is settled here, however late it is saved. */
  private void save(KeyState before) {
    Plan plan = node.world().plan();
    Scheduler dice = node.world().scheduler();
    if (dice.chance(plan.lostSnapshots())) {
      return;
    }
    var snapshot = node.world().wiring().snapshot(before, state);
    long mine = number;
    long delay =
        dice.chance(plan.lateSnapshots()) ? dice.random().nextLong(3 * Scheduler.SECOND) : 0;
    dice.after(
        delay, node.life(), "saves a snapshot", () -> node.journal().save(id, mine, snapshot));
  }

  private void goOn() {
    busy = false;
    while (!busy && !ended && !stash.isEmpty()) {
      stash.remove().run();
    }
    if (leaving && !busy && !ended) {
      end();
    }
  }

  private void end() {
    ended = true;
    stash.clear();
    node.forget(id, this);
  }

  private void later(String what, Runnable step) {
    node.world()
        .scheduler()
        .after(
            node.world().scheduler().random().nextLong(500) * MICRO,
            node.life(),
            what + ' ' + id,
            () -> {
              if (!ended) {
                step.run();
              }
            });
  }
}
