package io.thalweg.journal.postgres;

import io.thalweg.domain.key.Shards;
import io.thalweg.journal.CommitThread;
import io.thalweg.journal.EventWrite;
import io.thalweg.journal.JournalSettings;
import io.thalweg.journal.ShardOwnership;
import io.thalweg.journal.Store;
import io.thalweg.journal.StoreStartException;
import io.thalweg.journal.StoreStatus;
import io.thalweg.journal.StoreUnavailableException;
import io.thalweg.journal.StoredQueues;
import io.thalweg.journal.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database. One connection commits, some read; each has a thread of its own, so that no thread
 * waits for a connection.
 */
public final class PostgresStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);

  private final JournalSettings settings;
  private final PostgresSettings postgres;
  private final Shards shards;
  private final Pool readPool;
  private final ExecutorService reads;
  private final PostgresRows.Statements statements;
  private final KnownKeys known;
  private final Ownership ownership;
  private final PostgresCommits flushes;
  private final PostgresQueues queues;
  private final CommitThread commits;

  /**
   * Connects, and brings the schema up to date.
   *
   * @param node how people call this node
   * @throws StoreStartException if the database can't be used
   */
  public PostgresStore(JournalSettings settings, PostgresSettings postgres, String node) {
    this.settings = settings;
    this.postgres = postgres;
    this.shards = new Shards(settings.shards());
    this.statements = new PostgresRows.Statements(postgres.schema());
    this.known = new KnownKeys(settings.knownKeysMax());
    Migration.run(postgres, settings.shards());
    String owner = UUID.randomUUID().toString();
    this.readPool = new Pool(postgres, "read", postgres.readConnections());
    Pool flushPool = new Pool(postgres, "flush", 1);
    try {
      check(flushPool);
    } catch (RuntimeException e) {
      readPool.close();
      flushPool.close();
      throw e;
    }
    this.reads = Executors.newFixedThreadPool(postgres.readConnections(), threads());
    this.ownership =
        new Ownership(
            owner, settings.shards(), new ClaimsInDatabase(owner, node), reads, System::nanoTime);
    this.flushes =
        new PostgresCommits(
            postgres, settings.snapshotsKept(), shards, owner, flushPool, ownership, known);
    this.queues = new PostgresQueues(postgres.schema(), this::onReadThread);
    this.commits = new CommitThread(settings, flushes);
    commits.start();
    LOG.info("{} keeps the journal; this node is owner {} there", postgres.name(), owner);
  }

  private void check(Pool pool) {
    try (Connection connection = pool.take()) {
      ServerCheck.run(postgres, connection, settings.shards());
    } catch (SQLException e) {
      throw new StoreStartException(
          postgres.name() + " can't be used as " + postgres.login() + ": " + e.getMessage(), e);
    }
  }

  private static ThreadFactory threads() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "thalweg-journal-read-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void submit(Write write) {
    if (write instanceof EventWrite events) {
      for (EventWrite.Atomic atomic : events.atomics()) {
        atomic.tenure(ownership.since(shards.of(atomic.persistenceId())));
      }
    }
    commits.submit(write);
  }

  @Override
  public <T> CompletionStage<T> read(Reading<T> reading) {
    return read(reading, (id, highest) -> {});
  }

  private <T> CompletionStage<T> read(Reading<T> reading, PostgresRows.Heard heard) {
    return onReadThread(connection -> reading.apply(rows(connection, heard)));
  }

  private <T> CompletionStage<T> onReadThread(PostgresQueues.Use<T> use) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      reads.execute(
          () -> {
            try {
              result.complete(withConnection(use));
            } catch (RuntimeException e) {
              result.completeExceptionally(e);
            }
          });
    } catch (RuntimeException e) { // closed
      result.completeExceptionally(
          new StoreUnavailableException(postgres.name() + " is closed", e));
    }
    return result;
  }

  @Override
  public <T> CompletionStage<T> recover(String persistenceId, Reading<T> reading) {
    return ownership
        .claimed(shards.of(persistenceId))
        .thenCompose(
            tenure -> read(reading, (id, highest) -> known.recovered(id, highest, tenure.since())));
  }

  private PostgresRows rows(Connection connection, PostgresRows.Heard heard) {
    return new PostgresRows(
        statements, connection, settings.historyBatch(), postgres.name(), heard);
  }

  @Override
  public ShardOwnership ownership() {
    return ownership;
  }

  @Override
  public StoredQueues queues() {
    return queues;
  }

  @Override
  public void onQueued(Runnable wake) {
    commits.onQueued(wake);
  }

  @Override
  public boolean isWritable() {
    return commits.isWritable();
  }

  @Override
  public StoreStatus status() {
    return commits.status(JournalSettings.Kind.POSTGRES.text(), flushes.fencedEvents());
  }

  @Override
  public void close() throws InterruptedException {
    commits.close();
    reads.shutdown();
    if (!reads.awaitTermination(postgres.timeouts().socket().toMillis(), TimeUnit.MILLISECONDS)) {
      reads.shutdownNow();
    }
    readPool.close();
  }

  private <T> T withConnection(PostgresQueues.Use<T> use) {
    try {
      Connection connection = readPool.take();
      try {
        return use.apply(connection);
      } catch (SQLException | StoreUnavailableException e) {
        readPool.discard(connection);
        throw e;
      } finally {
        readPool.giveBack(connection);
      }
    } catch (SQLException e) {
      throw new StoreUnavailableException(postgres.name() + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Claims through connections for reads; each statement commits by itself. */
  private final class ClaimsInDatabase implements Ownership.Claims {
    private final ShardRows rows = new ShardRows(postgres.schema());
    private final String owner;
    private final String node;

    ClaimsInDatabase(String owner, String node) {
      this.owner = owner;
      this.node = node;
    }

    @Override
    public ShardRows.Owner read(int shard) {
      return withConnection(connection -> rows.read(connection, shard));
    }

    @Override
    public boolean claim(int shard, long epoch) {
      return withConnection(connection -> rows.claim(connection, shard, epoch, owner, node));
    }
  }
}
