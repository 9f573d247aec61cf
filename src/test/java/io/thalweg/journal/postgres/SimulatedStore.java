package io.thalweg.journal.postgres;

import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariDataSource;
import io.thalweg.domain.key.Shards;
import io.thalweg.journal.EventWrite;
import io.thalweg.journal.JournalSettings;
import io.thalweg.journal.Rows;
import io.thalweg.journal.ShardOwnership;
import io.thalweg.journal.Store;
import io.thalweg.journal.StoreStatus;
import io.thalweg.journal.StoreUnavailableException;
import io.thalweg.journal.StoredQueues;
import io.thalweg.journal.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * One node's store without its threads: the real parts of {@link PostgresStore} (who owns what,
 * what is known, how writes become statements, how rows are read) on connections of one's choice.
 * All is done on the caller's thread. Writes that are handed over are given on; whoever takes them
 * commits them here.
 */
public final class SimulatedStore implements Store {
  private static final PostgresSettings SETTINGS =
      PostgresSettings.from(
          ConfigFactory.parseString(
                  "thalweg.journal.postgres.url=\"jdbc:postgresql://simulated/x\"")
              .withFallback(ConfigFactory.load()));
  private static final JournalSettings.HistoryBatch BATCH =
      new JournalSettings.HistoryBatch(3, 1 << 20);

  private final Shards shards;
  private final PostgresRows.Statements statements;
  private final Pool pool;
  private final KnownKeys known;
  private final Ownership ownership;
  private final PostgresCommits commits;
  private final Consumer<Write> queue;
  private final UnaryOperator<Rows> recovered;

  /** Of a simulated database. */
  public static SimulatedStore of(
      SimulatedDatabase database,
      SimulatedConnections.Line line,
      String owner,
      Shards shards,
      int knownKeysMax,
      Consumer<Write> queue,
      UnaryOperator<Rows> recovered,
      LongSupplier nanoTime) {
    return new SimulatedStore(
        new SimulatedConnections(database, line),
        SETTINGS.schema(),
        owner,
        shards,
        knownKeysMax,
        queue,
        recovered,
        nanoTime);
  }

  /**
   * @param owner this life's name for itself
   * @param queue takes the writes that are handed over
   * @param recovered what a key that recovers reads instead of what is stored
   * @param nanoTime a clock that does not jump
   */
  SimulatedStore(
      HikariDataSource connections,
      String schema,
      String owner,
      Shards shards,
      int knownKeysMax,
      Consumer<Write> queue,
      UnaryOperator<Rows> recovered,
      LongSupplier nanoTime) {
    this.shards = shards;
    this.queue = queue;
    this.recovered = recovered;
    PostgresSettings settings =
        new PostgresSettings(
            SETTINGS.url(),
            SETTINGS.login(),
            schema,
            false,
            SETTINGS.migrationLogin(),
            SETTINGS.readConnections(),
            SETTINGS.timeouts(),
            SETTINGS.checkEvery());
    statements = new PostgresRows.Statements(schema);
    pool = new Pool(connections);
    known = new KnownKeys(knownKeysMax);
    ownership =
        new Ownership(owner, shards.count(), new Claims(schema, owner), Runnable::run, nanoTime);
    commits = new PostgresCommits(settings, 2, shards, owner, pool, ownership, known);
  }

  @Override
  public void submit(Write write) {
    if (write instanceof EventWrite events) {
      for (EventWrite.Atomic atomic : events.atomics()) {
        atomic.tenure(ownership.since(shards.of(atomic.persistenceId())));
      }
    }
    queue.accept(write);
  }

  /**
   * Commits writes, and tells each of them what became of it.
   *
   * @throws StoreUnavailableException if the store takes none before it is {@linkplain #reopen
   *     opened again}
   */
  public void commit(List<Write> writes) {
    commits.commit(writes);
  }

  /**
   * @throws StoreUnavailableException if it still takes none
   */
  public void reopen() {
    commits.reopen();
  }

  @Override
  public <T> CompletionStage<T> read(Reading<T> reading) {
    return read(reading, (id, highest) -> {}, UnaryOperator.identity());
  }

  @Override
  public <T> CompletionStage<T> recover(String persistenceId, Reading<T> reading) {
    return ownership
        .claimed(shards.of(persistenceId))
        .thenCompose(
            tenure ->
                read(
                    reading,
                    (id, highest) -> known.recovered(id, highest, tenure.since()),
                    recovered));
  }

  private <T> CompletionStage<T> read(
      Reading<T> reading, PostgresRows.Heard heard, UnaryOperator<Rows> seen) {
    try {
      return CompletableFuture.completedFuture(
          withConnection(
              connection ->
                  reading.apply(
                      seen.apply(
                          new PostgresRows(statements, connection, BATCH, "simulated", heard)))));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public ShardOwnership ownership() {
    return ownership;
  }

  /** Events refused because another node owns their shard. */
  public long fencedEvents() {
    return commits.fencedEvents();
  }

  @Override
  public StoredQueues queues() {
    throw new UnsupportedOperationException("nothing is told elsewhere here");
  }

  @Override
  public void onQueued(Runnable wake) {}

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public StoreStatus status() {
    throw new UnsupportedOperationException("nobody asks");
  }

  @Override
  public void close() {
    pool.close();
  }

  private interface Use<T> {
    T apply(Connection connection) throws SQLException;
  }

  private <T> T withConnection(Use<T> use) {
    try {
      Connection connection = pool.take();
      try {
        return use.apply(connection);
      } finally {
        pool.giveBack(connection);
      }
    } catch (SQLException e) {
      throw new StoreUnavailableException("the database can't be read: " + e.getMessage(), e);
    }
  }

  private final class Claims implements Ownership.Claims {
    private final ShardRows rows;
    private final String owner;

    Claims(String schema, String owner) {
      this.rows = new ShardRows(schema);
      this.owner = owner;
    }

    @Override
    public ShardRows.Owner read(int shard) {
      return withConnection(connection -> rows.read(connection, shard));
    }

    @Override
    public boolean claim(int shard, long epoch) {
      return withConnection(
          connection -> rows.claim(connection, shard, epoch, owner, "node of " + owner));
    }
  }
}
