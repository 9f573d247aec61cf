package io.thalweg.simulation;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.stats.Summary;
import io.thalweg.journal.SimulatedJournal;
import io.thalweg.journal.postgres.SimulatedDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches what is committed and what is answered, and knows nothing of how either comes about. A
 * batch for a key is known by its first value, of which there is one in a run.
 */
final class Oracle implements SimulatedDatabase.Ledger {
  private static final int KNOWN_BELOW = 256;

  /** A batch for a key, as its producer made it. */
  private static final class Made {
    final String key;
    final KeyBatch batch;
    boolean acknowledged;
    boolean refused;
    int stored;

    Made(String key, KeyBatch batch) {
      this.key = key;
      this.batch = batch;
    }
  }

  private record Owner(long epoch, String name) {}

  /** A state that a key had, at a number. */
  private record Lived(String key, long number, KeySnapshot state) {}

  private final Map<Double, Made> made = new HashMap<>();
  private final Map<Integer, Owner> owners = new HashMap<>();
  private final Map<String, List<KeyEvent>> journals = new TreeMap<>();

  /** By key and producer. */
  private final Map<String, Map<String, Long>> highest = new HashMap<>();

  private final List<Lived> lived = new ArrayList<>();
  private final Set<String> ordered = new HashSet<>();
  private @Nullable Violation violation;

  /** The first one; null as long as all holds. */
  @Nullable Violation violation() {
    return violation;
  }

  void check(boolean holds, Invariant invariant, String format, @Nullable Object... arguments) {
    if (!holds && violation == null) {
      violation = new Violation(invariant, format.formatted(arguments));
    }
  }

  /** Batches of this producer are sent in the order of their numbers. */
  void ordered(String producer) {
    ordered.add(producer);
  }

  void made(String key, KeyBatch batch) {
    made.put(batch.values()[0], new Made(key, batch));
  }

  /** How many samples the journals hold. */
  long storedBatches() {
    return made.values().stream().mapToLong(m -> m.stored).sum();
  }

  long acknowledgedBatches() {
    return made.values().stream().filter(m -> m.acknowledged).count();
  }

  @Override
  public void claimed(int shard, long epoch, String owner) {
    owners.put(shard, new Owner(epoch, owner));
  }

  @Override
  public void stored(String id, long number, int shard, long epoch, String owner, byte[] row) {
    Owner now = owners.get(shard);
    check(
        new Owner(epoch, owner).equals(now),
        Invariant.ONE_OWNER,
        "version %d of %s was stored for %s under epoch %d; the last claim was %s",
        number,
        id,
        owner,
        epoch,
        now);
    List<KeyEvent> journal = journals.computeIfAbsent(id, some -> new ArrayList<>());
    check(
        number == journal.size() + 1,
        Invariant.CONTIGUOUS,
        "version %d of %s was stored after version %d",
        number,
        id,
        journal.size());
    KeyEvent event = SimulatedJournal.event(id, number, row);
    journal.add(event);
    if (event instanceof KeyEvent.Recorded recorded) {
      recorded.batches().forEach(batch -> stored(id, batch));
    }
  }

  private void stored(String id, KeyBatch batch) {
    Made of = made.get(batch.values()[0]);
    if (of == null || !of.key.equals(id)) {
      check(false, Invariant.CLOSED_FORM, "nobody sent %s to %s", batch, id);
      return;
    }
    of.stored++;
    KeyBatch sent = of.batch;
    boolean numbered = !sent.producer().isEmpty();
    check(
        !numbered || of.stored == 1,
        Invariant.COUNTED_ONCE,
        "batch %d of %s was counted %d times in %s",
        sent.sequence(),
        sent.producer(),
        of.stored,
        id);
    if (numbered) {
      Map<String, Long> ofKey = highest.computeIfAbsent(id, some -> new HashMap<>());
      long before = ofKey.getOrDefault(sent.producer(), 0L);
      check(
          sent.sequence() > before || !ordered.contains(sent.producer()),
          Invariant.PRODUCERS_ORDER,
          "batch %d of %s was stored after its batch %d in %s",
          sent.sequence(),
          sent.producer(),
          before,
          id);
      ofKey.put(sent.producer(), Math.max(before, sent.sequence()));
    }
  }

  /** A key has answered. */
  void answered(String id, KeyBatch batch, BatchResult result, int producersMax) {
    Made of = made.get(batch.values()[0]);
    if (of == null) {
      return;
    }
    KeyBatch sent = of.batch;
    Map<String, Long> ofKey = highest.getOrDefault(id, Map.of());
    switch (result) {
      case BatchResult.Counted counted -> stored(of, Invariant.ACKNOWLEDGED_IS_STORED, result);
      case BatchResult.Duplicate duplicate -> stored(of, Invariant.DUPLICATE_IS_STORED, result);
      case BatchResult.Stale stale ->
          check(
              ofKey.getOrDefault(sent.producer(), 0L) - sent.sequence() > KNOWN_BELOW,
              Invariant.STALE_IS_OLD,
              "%s was said of batch %d of %s in %s, whose highest is %s",
              stale,
              sent.sequence(),
              sent.producer(),
              id,
              ofKey.get(sent.producer()));
      case BatchResult.TooManyProducers many -> {
        of.refused = true;
        check(
            ofKey.size() >= producersMax && !ofKey.containsKey(sent.producer()),
            Invariant.TOO_MANY_ARE_MANY,
            "%s was said of %s in %s, which has those of %s",
            many,
            sent.producer(),
            id,
            ofKey.keySet());
      }
    }
  }

  private void stored(Made of, Invariant invariant, BatchResult result) {
    check(
        of.stored > 0,
        invariant,
        "%s was said of batch %d of %s in %s, which the journal does not hold",
        result,
        of.batch.sequence(),
        of.batch.producer(),
        of.key);
  }

  /** A producer was told that a batch counts. */
  void acknowledged(double firstValue) {
    Made of = made.get(firstValue);
    if (of != null) {
      of.acknowledged = true;
      stored(of, Invariant.ACKNOWLEDGED_IS_STORED, new BatchResult.Duplicate(0));
    }
  }

  /** A key has this state, which is durable. */
  void lives(String id, long number, KeyState state) {
    lived.add(new Lived(id, number, state.snapshot()));
  }

  /** All is over, and nothing more will be stored. */
  void end() {
    for (Made of : made.values()) {
      String what = of.batch.producer() + "'s batch " + of.batch.sequence() + " for " + of.key;
      check(
          !of.acknowledged || of.stored > 0, Invariant.ACKNOWLEDGED_IS_STORED, "%s is lost", what);
      check(
          !of.refused || of.stored == 0,
          Invariant.REFUSED_IS_NOT_STORED,
          "%s was refused and stored",
          what);
    }
    Map<String, List<KeySnapshot>> refolded = new HashMap<>();
    journals.forEach((id, events) -> refolded.put(id, refold(events)));
    for (Lived one : lived) {
      List<KeySnapshot> states = refolded.getOrDefault(one.key(), List.of());
      boolean same =
          one.number() == 0
              || (one.number() <= states.size()
                  && states.get((int) one.number() - 1).equals(one.state()));
      check(
          same,
          Invariant.REFOLDS,
          "the state of %s at version %d is not what its journal of %d events folds to: %s",
          one.key(),
          one.number(),
          states.size(),
          one.state());
    }
  }

  private static List<KeySnapshot> refold(List<KeyEvent> events) {
    List<KeySnapshot> states = new ArrayList<>(events.size());
    KeyState state = null;
    for (KeyEvent event : events) {
      KeyState before = state == null ? KeyState.empty(event.definition().orElseThrow()) : state;
      state = before.evolve(event);
      states.add(state.snapshot());
    }
    return states;
  }

  /** The last state of a key, recovered after all. */
  void ends(String id, KeyState state) {
    int events = journals.getOrDefault(id, List.of()).size();
    lives(id, events, state);
    long count = 0;
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (Made of : made.values()) {
      if (of.key.equals(id)) {
        for (double value : of.batch.values()) {
          count += of.stored;
          sum += of.stored * value;
          min = of.stored > 0 ? Math.min(min, value) : min;
          max = of.stored > 0 ? Math.max(max, value) : max;
        }
      }
    }
    Summary total = state.total();
    check(
        total.count() == count
            && total.sum() == sum
            && (count == 0 || (total.min() == min && total.max() == max)),
        Invariant.CLOSED_FORM,
        "%s has %s; its batches have %d samples, sum %s, from %s to %s",
        id,
        total,
        count,
        sum,
        min,
        max);
  }
}
