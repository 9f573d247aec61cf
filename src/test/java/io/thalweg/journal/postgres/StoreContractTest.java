package io.thalweg.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariDataSource;
import io.thalweg.domain.Randomized;
import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Shards;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.journal.ForgetDeadline;
import io.thalweg.journal.SimulatedJournal;
import io.thalweg.journal.StoreUnavailableException;
import io.thalweg.journal.Write;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The simulated database and PostgreSQL, asked the same by the same real parts, answer the same and
 * hold the same in the end: three owners claim, write in and out of turn, take snapshots, set and
 * forget deadlines, and delete events and snapshots.
 */
class StoreContractTest {
  private static final int ROUNDS = 20;
  private static final int OWNERS = 3;
  private static final int SHARDS = 2;
  private static final int STEPS = 300;
  private static final List<String> IDS = List.of("s/a", "s/b", "s/c", "s/d");
  private static final StreamDefinition DEFINITION =
      new StreamDefinition(
          "s",
          List.of(new NamedWindow("w", new WindowDefinition.SlidingCount(3))),
          Optional.empty(),
          new TimeRules(0, 0, 0, 0),
          8,
          Statistics.BASIC);

  /** What a contract is compared by, as {@link SimulatedDatabase#contents} tells it. */
  private static final String CONTENTS =
      """
      select (select string_agg(shard || ' of ' || coalesce(owner, 'null') || ' ' || epoch || E'\\n',
                                '' order by shard) from %1$s.shards)
        || coalesce((select string_agg(persistence_id || ' to ' || deleted_to || E'\\n'
        || coalesce((select string_agg(
               e.persistence_id || ' event ' || sequence_nr || ' ' || encode(row, 'hex') || E'\\n',
               '' order by sequence_nr)
             from %1$s.events e where e.persistence_id = k.persistence_id), '')
        || coalesce((select string_agg(
               s.persistence_id || ' snapshot ' || sequence_nr || ' at ' || timestamp_ms || ' '
                 || encode(row, 'hex') || E'\\n',
               '' order by sequence_nr)
             from %1$s.snapshots s where s.persistence_id = k.persistence_id), ''),
             '' order by persistence_id) from %1$s.keys k), '')
        || '[' || coalesce((select string_agg(d.t, ', ' order by d.t collate "C") from
             (select at_nanos || '@' || persistence_id t from %1$s.deadlines) d), '') || ']'
      """;

  @Test
  void simulatedDatabaseAnswersAsPostgresDoesAndHoldsTheSame() {
    List<String> all = new ArrayList<>();
    Randomized.rounds(
        ROUNDS,
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
          try (HikariDataSource pool = connections(schema)) {
            assertThat(simulated)
                .isEqualTo(new Script(Randomized.seeded(seed), () -> pool, schema).run());
            assertThat(database.contents())
                .isEqualTo(TestPostgres.value(CONTENTS.formatted(schema)));
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
          all.addAll(simulated);
        });
    for (String one :
        List.of(
            " stored",
            "ShardElsewhereException: shard",
            "RefusedWriteException",
            "no snapshot makes up for it",
            "a snapshot was stored",
            "snapshot Optional[3]")) {
      assertThat(all).as(one).anyMatch(line -> line.contains(one));
    }
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
    private final Map<String, Integer> highest = new HashMap<>();
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
                UnaryOperator.identity(),
                () -> 0);
        queues.add(queue);
        stores.add(store);
        journals.add(new SimulatedJournal(store, i == 0, "life-" + i, () -> 1_000_000_000L));
      }
    }

    List<String> run() {
      for (int step = 0; step < STEPS; step++) {
        step(random.nextInt(OWNERS), IDS.get(random.nextInt(IDS.size())));
      }
      for (int owner = 0; owner < OWNERS; owner++) {
        commit(owner);
        commit(owner); // what retention deletes after the snapshots of the first
      }
      IDS.forEach(id -> recover(0, id));
      return told;
    }

    private void step(int owner, String id) {
      SimulatedJournal journal = journals.get(owner);
      switch (random.nextInt(20)) {
        case 0 -> stores.get(owner).ownership().hosted(shards.of(id), "life " + ++lives);
        case 1, 2, 3 -> recover(owner, id);
        case 4, 5, 6, 7, 8, 9, 10 -> persist(owner, id);
        case 11, 12 -> journal.save(id, number(id), KeyState.empty(DEFINITION).snapshot());
        case 13 -> journal.deleteEvents(id, random.nextInt(8));
        case 14 -> journal.deleteSnapshots(id, random.nextInt(8), random.nextInt(8));
        case 15 -> queues.get(owner).add(new ForgetDeadline(id, deadline()));
        default -> commit(owner);
      }
    }

    /** Mostly the next one. */
    private int number(String id) {
      return random.nextInt(4) == 0 ? random.nextInt(1, 9) : highest.getOrDefault(id, 0) + 1;
    }

    private IdleDeadline deadline() {
      return new IdleDeadline(random.nextInt(1, 4));
    }

    private void recover(int owner, String id) {
      tell(owner, id, "snapshot ", journals.get(owner).snapshot(id), f -> f.map(s -> s.sequence()));
      long after = random.nextInt(4);
      tell(
          owner,
          id,
          "events after " + after + ": ",
          journals.get(owner).eventsAfter(id, after),
          read -> read.events().size() + " up to " + read.highest());
    }

    private void persist(int owner, String id) {
      int number = number(id);
      KeyBatch batch = new KeyBatch("p", number, new long[] {number}, new double[] {number});
      KeyEvent event =
          KeyState.empty(DEFINITION).decide(DEFINITION, List.of(batch), 0).event().orElseThrow();
      Optional<IdleDeadline> deadline =
          random.nextBoolean() ? Optional.of(deadline()) : Optional.empty();
      journals
          .get(owner)
          .persist(
              id,
              number,
              event,
              deadline,
              failure -> {
                told.add("%d %s %d %s".formatted(owner, id, number, outcome(failure)));
                if (failure == null) {
                  highest.put(id, number);
                }
              });
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

    private <T> void tell(
        int owner, String id, String what, CompletionStage<T> reading, Function<T, Object> shown) {
      String answer;
      try {
        answer = String.valueOf(shown.apply(reading.toCompletableFuture().join()));
      } catch (CompletionException e) {
        answer = outcome(e.getCause());
      }
      told.add(owner + " " + id + " " + what + answer);
    }

    private static String outcome(@Nullable Throwable failure) {
      return failure == null
          ? "stored"
          : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
  }
}
