package io.thalweg.simulation;

import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.journal.Rows;
import io.thalweg.journal.postgres.SimulatedDatabase;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the parts are put together: here as they are; a {@link Mutant} puts something between. */
interface Wiring {
  /** As it should be. */
  Wiring REAL = new Wiring() {};

  /** Hands an event over to be stored. */
  @FunctionalInterface
  interface Persisting {
    void persist(KeyEvent event, Consumer<@Nullable Exception> answered);
  }

  default SimulatedDatabase database(int shards, SimulatedDatabase.Ledger ledger, Scheduler dice) {
    return new SimulatedDatabase(shards, ledger);
  }

  default Decision decide(
      KeyState state, StreamDefinition definition, List<KeyBatch> batches, long nowNanos) {
    return state.decide(definition, batches, nowNanos);
  }

  default void persist(
      KeyEvent event, Consumer<@Nullable Exception> answered, Persisting persisting) {
    persisting.persist(event, answered);
  }

  /** What a key that recovers sees of what is stored. */
  default Rows recovered(Rows rows, Scheduler dice) {
    return rows;
  }

  /** What is saved of a state under its number. */
  default KeySnapshot snapshot(KeyState before, KeyState state) {
    return state.snapshot();
  }

  /** Whose batch a request is, of the client's so many-th call. */
  default String producer(String id, int call) {
    return id;
  }
}
