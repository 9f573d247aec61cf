package io.thalweg.simulation;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.journal.Rows;
import io.thalweg.journal.postgres.SimulatedDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Mistakes that the simulation has to find: something between parts that are as they were. */
enum Mutant implements Wiring {
  /** The database stores whatever a node writes, whoever owns the shard. */
  FENCING_OFF {
    @Override
    public SimulatedDatabase database(int shards, SimulatedDatabase.Ledger ledger, Scheduler dice) {
      return new SimulatedDatabase(shards, ledger) {
        @Override
        protected boolean owns(int shard, String caller, long epoch) {
          return true;
        }
      };
    }
  },

  /** The same, and a number that is taken is written over. */
  FENCING_AND_NUMBERS_OFF {
    @Override
    public SimulatedDatabase database(int shards, SimulatedDatabase.Ledger ledger, Scheduler dice) {
      return new SimulatedDatabase(shards, quiet(ledger)) {
        @Override
        protected boolean owns(int shard, String caller, long epoch) {
          return true;
        }

        @Override
        protected boolean isConflict(String id, long number) {
          return false;
        }
      };
    }

    /** The oracle does not see who wrote: it has to find the damage itself. */
    private SimulatedDatabase.Ledger quiet(SimulatedDatabase.Ledger ledger) {
      java.util.Map<Integer, Object[]> owners = new java.util.HashMap<>();
      return new SimulatedDatabase.Ledger() {
        @Override
        public void claimed(int shard, long epoch, String owner) {
          owners.put(shard, new Object[] {epoch, owner});
          ledger.claimed(shard, epoch, owner);
        }

        @Override
        public void stored(
            String id, long number, int shard, long epoch, String owner, byte[] row) {
          Object[] last = java.util.Objects.requireNonNull(owners.get(shard));
          ledger.stored(id, number, shard, (long) last[0], (String) last[1], row);
        }
      };
    }
  },

  /** Every batch is taken to be new. */
  DEDUPLICATION_OFF {
    @Override
    public Decision decide(
        KeyState state, StreamDefinition definition, List<KeyBatch> batches, long nowNanos) {
      List<KeyBatch> nameless =
          batches.stream().map(b -> new KeyBatch("", 0, b.timesNanos(), b.values())).toList();
      return state.decide(definition, nameless, nowNanos);
    }
  },

  /** The client sends what was lost as if it were new. */
  RESENT_AS_NEW {
    @Override
    public String producer(String id, int call) {
      return id + '@' + call;
    }
  },

  /** A key answers when it has handed its event over. */
  ACKNOWLEDGED_BEFORE_STORED {
    @Override
    public void persist(
        KeyEvent event, Consumer<@Nullable Exception> answered, Persisting persisting) {
      answered.accept(null);
      persisting.persist(event, ignored -> {});
    }
  },

  /** One event in fifty is confirmed and not stored. */
  DROPPED_EVENT {
    @Override
    public SimulatedDatabase database(int shards, SimulatedDatabase.Ledger ledger, Scheduler dice) {
      return new SimulatedDatabase(shards, ledger) {
        @Override
        protected boolean keeps(String id, long number) {
          return !dice.chance(0.02);
        }
      };
    }
  },

  /** One recovery in four ends an event too early, and says nothing of it. */
  TRUNCATED_REPLAY {
    @Override
    public Rows recovered(Rows rows, Scheduler dice) {
      return new RowsDecorator(rows) {
        @Override
        public void events(String id, long from, long to, Visitor visitor) {
          super.events(id, from, dice.chance(0.25) ? to - 1 : to, visitor);
        }
      };
    }
  },

  /** What gathers for a key is delivered backwards. */
  REORDERED_BATCHES {
    @Override
    public Decision decide(
        KeyState state, StreamDefinition definition, List<KeyBatch> batches, long nowNanos) {
      Decision decision = state.decide(definition, batches.reversed(), nowNanos);
      return new Decision(
          decision.event(), decision.after(), List.copyOf(decision.results().reversed()));
    }
  },

  /** A snapshot holds the state before the event whose number it has. */
  SNAPSHOT_TOO_OLD {
    @Override
    public KeySnapshot snapshot(KeyState before, KeyState state) {
      return before.snapshot();
    }
  },

  /** A snapshot does not hold what was counted of each producer. */
  SNAPSHOT_WITHOUT_PRODUCERS {
    @Override
    public KeySnapshot snapshot(KeyState before, KeyState state) {
      KeySnapshot s = state.snapshot();
      return new KeySnapshot(
          s.definition(),
          s.version(),
          s.timeMaxNanos(),
          s.arrivalNanos(),
          s.total(),
          s.late(),
          s.anomalies(),
          s.last(),
          List.of(),
          s.windows(),
          s.lastAnomaly(),
          s.detector());
    }
  },

  /** What is too old to tell is said to have been counted. */
  STALE_CALLED_DUPLICATE {
    @Override
    public Decision decide(
        KeyState state, StreamDefinition definition, List<KeyBatch> batches, long nowNanos) {
      Decision decision = state.decide(definition, batches, nowNanos);
      List<BatchResult> results = new ArrayList<>(decision.results());
      results.replaceAll(r -> r instanceof BatchResult.Stale ? new BatchResult.Duplicate(0) : r);
      return new Decision(decision.event(), decision.after(), results);
    }
  },

  /** A number eight below the highest is said to be too old. */
  STALE_TOO_EARLY {
    @Override
    public Decision decide(
        KeyState state, StreamDefinition definition, List<KeyBatch> batches, long nowNanos) {
      List<KeyBatch> young = batches.stream().filter(b -> !isOld(state, b)).toList();
      Decision decision = state.decide(definition, young, nowNanos);
      List<BatchResult> results = new ArrayList<>();
      int next = 0;
      for (KeyBatch batch : batches) {
        results.add(
            isOld(state, batch)
                ? new BatchResult.Stale(batch.sequence(), batch.sequence() + 9)
                : decision.results().get(next++));
      }
      return new Decision(decision.event(), decision.after(), results);
    }

    private boolean isOld(KeyState state, KeyBatch batch) {
      return state.snapshot().producers().stream()
          .anyMatch(p -> p.name().equals(batch.producer()) && p.highest() - batch.sequence() > 8);
    }
  }
}
