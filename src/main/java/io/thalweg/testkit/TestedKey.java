package io.thalweg.testkit;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamDefinition;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** One key of a driven stream, whose every decision is replayed. */
final class TestedKey {
  private final String name;
  private final StreamDefinition definition;
  private KeyState state;

  /** Comes to the same, by events alone. */
  private KeyState replayed;

  private List<Outcome> outcomes = List.of();
  private int refused;

  TestedKey(String name, StreamDefinition definition) {
    this.name = name;
    this.definition = definition;
    state = KeyState.empty(definition);
    replayed = KeyState.empty(definition);
  }

  /** Those of the keys whose idle timeout is over, in order of their deadlines. */
  static List<TestedKey> idle(Collection<TestedKey> keys, long nowNanos) {
    return keys.stream()
        .filter(key -> key.deadlineNanos().isPresent())
        .filter(key -> key.deadlineNanos().getAsLong() <= nowNanos)
        .sorted(Comparator.comparingLong(key -> key.deadlineNanos().getAsLong()))
        .toList();
  }

  /** Decides on what a node would let through of a batch. */
  BatchResult count(KeyBatch batch, long nowNanos) {
    KeyBatch accepted = accepted(batch, nowNanos);
    refused += batch.size() - accepted.size();
    Decision decision = state.decide(definition, List.of(accepted), nowNanos);
    follow(decision);
    return decision.results().getFirst();
  }

  /** Closes the windows at the key's deadline; it must have one. */
  void idle() {
    follow(state.decideIdle(definition, deadlineNanos().orElseThrow()));
  }

  String name() {
    return name;
  }

  KeyState state() {
    return state;
  }

  int refused() {
    return refused;
  }

  /** What the last step caused; empty if it was taken before. */
  List<Outcome> takeOutcomes() {
    List<Outcome> taken = outcomes;
    outcomes = List.of();
    return taken;
  }

  private OptionalLong deadlineNanos() {
    return state.idleDeadlineNanos(definition);
  }

  private void follow(Decision decision) {
    if (decision.event().isEmpty()) {
      return;
    }
    KeyEvent event = decision.event().get();
    KeySnapshot decided = decision.after().snapshot();
    KeyState restored = KeyState.restore(state.snapshot()).evolve(event);
    replayed = replayed.evolve(event);
    check("replayed from all events", replayed.snapshot(), decided);
    check("restored from the snapshot before", restored.snapshot(), decided);
    state = decision.after();
    outcomes = event.outcomes();
  }

  private void check(String how, KeySnapshot snapshot, KeySnapshot decided) {
    if (!snapshot.equals(decided)) {
      throw new AssertionError(
          "the key '%s', %s, comes to another state than it decided: %s instead of %s"
              .formatted(name, how, snapshot, decided));
    }
  }

  private KeyBatch accepted(KeyBatch batch, long nowNanos) {
    long bound =
        nowNanos + Math.min(definition.time().futureBoundNanos(), Long.MAX_VALUE - nowNanos);
    long[] times = new long[batch.size()];
    double[] values = new double[batch.size()];
    int size = 0;
    for (int i = 0; i < batch.size(); i++) {
      long time = batch.timesNanos()[i];
      double value = batch.values()[i];
      if (Double.isFinite(value) && time >= 0 && time <= bound) {
        times[size] = time;
        values[size] = value;
        size++;
      }
    }
    return new KeyBatch(
        batch.producer(),
        batch.sequence(),
        Arrays.copyOf(times, size),
        Arrays.copyOf(values, size));
  }
}
