package io.thalweg.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariDataSource;
import io.thalweg.domain.Randomized;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Shards;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.journal.SimulatedJournal;
import io.thalweg.journal.StoreUnavailableException;
import io.thalweg.journal.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * The simulated database and the real one, asked the same by the same real parts, answer the same:
 * three owners claim, write in and out of turn, take and delete snapshots and events.
 */
class StoreContractTest {
  private static final int OWNERS = 3;
  private static final int SHARDS = 2;
  private static final int STEPS = 120;
  private static final List<String> IDS = List.of("s/a", "s/b", "s/c", "s/d");
  private static final StreamDefinition DEFINITION =
      new StreamDefinition(
          "s",
          List.of(new NamedWindow("w", new WindowDefinition.SlidingCount(3))),
          Optional.empty(),
          new TimeRules(0, 0, 0, 0),
          8,
          Statistics.BASIC);

  @Test
  void simulatedDatabaseAnswersAsPostgresDoes() {
    Randomized.rounds(
        8,
        random -> {
          long seed = random.nextLong();
          SimulatedDatabase database = new SimulatedDatabase(SHARDS, new Unheard());
          String schema = TestPostgres.newSchema();
          List<String> simulated =
              new Script(
                      Randomized.seeded(seed),
                      () -> new SimulatedConnections(database, (what, work) -> work.run()),
                      "simulated")
                  .run();
          List<String> real;
          try (HikariDataSource pool = connections(schema)) {
            real = new Script(Randomized.seeded(seed), () -> pool, schema).run();
          }
          assertThat(simulated).isEqualTo(real);
          assertThat(simulated).anyMatch(line -> line.contains("stored"));
          assertThat(simulated).anyMatch(line -> line.contains("ShardElsewhereException"));
        });
  }

  private static HikariDataSource connections(String schema) {
    PostgresSettings settings =
        PostgresSettings.from(TestPostgres.config(schema).withFallback(ConfigFactory.load()));
    Migration.run(settings, SHARDS);
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(settings.url());
    pool.setUsername("postgres");
    pool.setMaximumPoolSize(2);
    return pool;
  }

  private static final class Unheard implements SimulatedDatabase.Ledger {
    @Override
    public void claimed(int shard, long epoch, String owner) {}

    @Override
    public void stored(String id, long number, int shard, long epoch, String owner, byte[] row) {}
  }

  private interface Connections {
    HikariDataSource get();
  }

  /** What owners do by chance, and what they are answered. */
  private static final class Script {
    private final RandomGenerator random;
    private final Shards shards = new Shards(SHARDS);
    private final List<String> told = new ArrayList<>();
    private final List<SimulatedStore> stores = new ArrayList<>();
    private final List<SimulatedJournal> journals = new ArrayList<>();
    private final List<List<Write>> queues = new ArrayList<>();
    private int lives;

    Script(RandomGenerator random, Connections connections, String schema) {
      this.random = random;
      for (int i = 0; i < OWNERS; i++) {
        List<Write> queue = new ArrayList<>();
        SimulatedStore store =
            new SimulatedStore(
                connections.get(),
                schema,
                "owner-" + i,
                shards,
                2,
                queue::add,
                UnaryOperator.identity());
        queues.add(queue);
        stores.add(store);
        journals.add(new SimulatedJournal(store, i == 0, "life-" + i, () -> 1_000_000_000L));
      }
    }

    List<String> run() {
      for (int step = 0; step < STEPS; step++) {
        int owner = random.nextInt(OWNERS);
        String id = IDS.get(random.nextInt(IDS.size()));
        switch (random.nextInt(6)) {
          case 0 -> stores.get(owner).ownership().hosted(shards.of(id), "life " + ++lives);
          case 1 -> recover(owner, id);
          case 2, 3 -> persist(owner, id);
          case 4 -> journals.get(owner).save(id, random.nextInt(1, 6), snapshot());
          default -> commit(owner);
        }
      }
      for (int owner = 0; owner < OWNERS; owner++) {
        commit(owner);
      }
      IDS.forEach(id -> recover(0, id));
      return told;
    }

    private void recover(int owner, String id) {
      tell(owner, id, () -> "" + journals.get(owner).snapshot(id).toCompletableFuture().join());
      tell(
          owner,
          id,
          () -> "" + journals.get(owner).eventsAfter(id, 0).toCompletableFuture().join().highest());
    }

    private void persist(int owner, String id) {
      int number = random.nextInt(1, 7);
      KeyBatch batch = new KeyBatch("p", number, new long[] {number}, new double[] {number});
      journals
          .get(owner)
          .persist(
              id,
              number,
              KeyState.empty(DEFINITION)
                  .decide(DEFINITION, List.of(batch), 0)
                  .event()
                  .orElseThrow(),
              Optional.empty(),
              failure ->
                  told.add(
                      owner
                          + " "
                          + id
                          + " "
                          + number
                          + " "
                          + (failure == null ? "stored" : name(failure))));
    }

    private io.thalweg.domain.key.KeySnapshot snapshot() {
      return KeyState.empty(DEFINITION).snapshot();
    }

    private void commit(int owner) {
      List<Write> writes = List.copyOf(queues.get(owner));
      queues.get(owner).clear();
      if (!writes.isEmpty()) {
        try {
          stores.get(owner).commit(writes);
        } catch (StoreUnavailableException e) {
          told.add(owner + " " + e.getMessage());
        }
      }
    }

    private void tell(int owner, String id, java.util.function.Supplier<String> what) {
      try {
        told.add(owner + " " + id + " reads " + what.get());
      } catch (CompletionException e) {
        told.add(owner + " " + id + " " + name(e));
      }
    }

    private static String name(Throwable thrown) {
      Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
      Throwable failure = cause == null ? thrown : cause;
      return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
  }
}
