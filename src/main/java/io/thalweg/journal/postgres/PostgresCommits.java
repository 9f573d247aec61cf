package io.thalweg.journal.postgres;

import io.thalweg.domain.key.Shards;
import io.thalweg.journal.Commits;
import io.thalweg.journal.EventWrite;
import io.thalweg.journal.ForgetDeadline;
import io.thalweg.journal.RecordWrite;
import io.thalweg.journal.ShardElsewhereException;
import io.thalweg.journal.StoreUnavailableException;
import io.thalweg.journal.Write;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits with a single statement, which checks in the same transaction that this node owns the
 * shards concerned. It commits by itself: while it runs the server waits for nobody, so that its
 * locks last as long as its work.
 */
final class PostgresCommits implements Commits {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresCommits.class);

  /** Whether this node owns a shard. */
  private sealed interface Claim {
    record Held(Tenure tenure) implements Claim {}

    /** Another node does. */
    record Lost(ShardElsewhereException why) implements Claim {}

    /** The store did not say. */
    record Unknown(StoreUnavailableException why) implements Claim {}
  }

  private final PostgresSettings settings;
  private final int snapshotsKept;
  private final Shards shards;
  private final String owner;
  private final Pool pool;
  private final Ownership ownership;
  private final KnownKeys known;
  private final AtomicLong fenced = new AtomicLong();

  PostgresCommits(
      PostgresSettings settings,
      int snapshotsKept,
      Shards shards,
      String owner,
      Pool pool,
      Ownership ownership,
      KnownKeys known) {
    this.settings = settings;
    this.snapshotsKept = snapshotsKept;
    this.shards = shards;
    this.owner = owner;
    this.pool = pool;
    this.ownership = ownership;
    this.known = known;
  }

  /** Events refused since the start because another node owns their shard. */
  long fencedEvents() {
    return fenced.get();
  }

  @Override
  public void commit(List<Write> writes) {
    Map<Integer, Claim> claims = claim(writes);
    Segment segment = segment(claims);
    StoreUnavailableException failure = null;
    for (int i = 0; i < writes.size(); i++) {
      Write write = writes.get(i);
      StoreUnavailableException unclaimed = unclaimed(claims, write);
      if (unclaimed != null) {
        write.failed(unclaimed);
        failure = unclaimed;
        continue;
      }
      try {
        if (segment.mustWait(write)) {
          commit(segment, claims);
          segment = segment(claims);
        }
        segment.add(write);
      } catch (StoreUnavailableException e) {
        writes.subList(i, writes.size()).forEach(later -> later.failed(e));
        throw e;
      }
    }
    if (failure != null && segment.writes().isEmpty()) {
      throw failure; // not one shard's trouble
    }
    commit(segment, claims);
  }

  private Segment segment(Map<Integer, Claim> claims) {
    return new Segment(
        shards,
        known,
        shard ->
            switch (claim(claims, shard)) {
              case Claim.Held held -> held.tenure();
              case Claim.Lost lost -> throw lost.why();
              case Claim.Unknown unknown -> throw unknown.why(); // its writes have failed before
            });
  }

  private void commit(Segment segment, Map<Integer, Claim> claims) {
    if (!segment.statement().isEmpty()) {
      try {
        send(segment);
      } catch (SQLException e) {
        segment.forget();
        if (!SqlFailure.isOfTheData(e)) {
          throw failed(segment, e);
        }
        oneByOne(segment, e, claims);
        return;
      }
    }
    tell(segment);
  }

  private void tell(Segment segment) {
    if (segment.fencedEvents() > 0) {
      fenced.addAndGet(segment.fencedEvents());
      LOG.warn(
          "fenced: {} events of {} keys refused, their shards are owned by another node",
          segment.fencedEvents(),
          segment.fencedKeys());
    }
    segment.writes().forEach(Write::committed);
  }

  /** One of the writes is such that the store can't take it: it alone is to be refused. */
  private void oneByOne(Segment failed, SQLException why, Map<Integer, Claim> claims) {
    List<Write> writes = failed.writes();
    if (writes.size() == 1) {
      LOG.error("{} refuses a write", settings.name(), why);
      refuse(writes.getFirst(), why);
      writes.getFirst().committed();
      return;
    }
    LOG.warn("{} refuses one of {} writes", settings.name(), writes.size(), why);
    for (int i = 0; i < writes.size(); i++) {
      Segment alone = segment(claims);
      alone.add(writes.get(i));
      try {
        commit(alone, claims);
      } catch (StoreUnavailableException e) {
        writes.subList(i + 1, writes.size()).forEach(later -> later.failed(e));
        throw e;
      }
    }
  }

  private static void refuse(Write write, SQLException why) {
    switch (write) {
      case EventWrite events -> events.atomics().forEach(atomic -> atomic.refuse(why));
      case RecordWrite record -> record.refuse(why);
      case ForgetDeadline forget -> {}
    }
  }

  private void send(Segment segment) throws SQLException {
    Connection connection = pool.take(); // nothing was sent if this fails
    boolean certain = false;
    try {
      segment.stored(
          segment.statement().execute(connection, settings.schema(), owner, snapshotsKept),
          ownership);
      certain = true;
    } catch (SQLException e) {
      certain = SqlFailure.isRolledBack(e);
      if (!SqlFailure.isOfTheData(e)) {
        pool.discard(connection);
      }
      throw e;
    } finally {
      if (!certain) {
        segment.forget();
        segment.statement().tenures().forEach(ownership::doubt);
      }
      pool.giveBack(connection);
    }
  }

  /** Tells all writes that their outcome is unknown. */
  private StoreUnavailableException failed(Segment segment, SQLException e) {
    segment.writes().forEach(write -> write.failed(e));
    return new StoreUnavailableException(
        settings.name() + " did not confirm a flush: " + e.getMessage(), e);
  }

  /** What became of each shard concerned. */
  private Map<Integer, Claim> claim(List<Write> writes) {
    Map<Integer, Claim> claims = new HashMap<>();
    Map<Integer, CompletableFuture<Tenure>> open = new LinkedHashMap<>();
    for (Write write : writes) {
      for (int shard : shardsOf(write)) {
        if (!claims.containsKey(shard) && !open.containsKey(shard)) {
          Tenure tenure = ownership.known(shard);
          if (tenure != null) {
            claims.put(shard, new Claim.Held(tenure));
          } else {
            open.put(shard, ownership.claimed(shard));
          }
        }
      }
    }
    open.forEach((shard, claim) -> claims.put(shard, outcome(claim)));
    return claims;
  }

  private static Claim outcome(CompletableFuture<Tenure> claim) {
    try {
      return new Claim.Held(claim.join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof ShardElsewhereException elsewhere) {
        return new Claim.Lost(elsewhere);
      }
      return new Claim.Unknown(
          e.getCause() instanceof StoreUnavailableException unavailable
              ? unavailable
              : new StoreUnavailableException("a shard could not be claimed: " + e.getCause(), e));
    }
  }

  private @Nullable StoreUnavailableException unclaimed(Map<Integer, Claim> claims, Write write) {
    for (int shard : shardsOf(write)) {
      if (claim(claims, shard) instanceof Claim.Unknown unknown) {
        return unknown.why();
      }
    }
    return null;
  }

  private static Claim claim(Map<Integer, Claim> claims, int shard) {
    return Objects.requireNonNull(claims.get(shard), "every shard of a flush is claimed before");
  }

  private int[] shardsOf(Write write) {
    return switch (write) {
      case EventWrite events ->
          events.atomics().stream().mapToInt(a -> shards.of(a.persistenceId())).toArray();
      case RecordWrite record -> new int[] {shards.of(record.persistenceId())};
      case ForgetDeadline forget -> new int[0];
    };
  }

  @Override
  public void reopen() {
    idle();
  }

  @Override
  public void idle() {
    try {
      Connection connection = pool.take();
      try {
        check(connection);
      } catch (SQLException e) {
        pool.discard(connection);
        throw e;
      } finally {
        pool.giveBack(connection);
      }
    } catch (SQLException e) {
      throw new StoreUnavailableException(
          settings.name() + " can't be written: " + e.getMessage(), e);
    }
  }

  private static void check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show transaction_read_only")) {
      if (!row.next() || "on".equals(row.getString(1))) {
        throw new SQLException("it takes no writes at the moment");
      }
    }
  }

  @Override
  public @Nullable StoreUnavailableException shortage() {
    return null;
  }

  @Override
  public long idleNanos() {
    return settings.checkEvery().toNanos();
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public void close() {
    pool.close();
  }
}
