package io.thalweg.journal.postgres;

import io.thalweg.journal.ShardElsewhereException;
import io.thalweg.journal.ShardOwnership;
import io.thalweg.journal.StoreUnavailableException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which shards this node owns, as far as it knows. The shard's row is the judge: every flush names
 * owner and epoch, and a node that is wrong here is refused there.
 *
 * <p>A shard is claimed once for each incarnation. After a flush of unknown outcome it is in doubt,
 * and is claimed once more before anything else happens with it, if the row still names this node:
 * that waits for the flush's locks, and whatever of the flush comes later finds another epoch. What
 * is read afterwards is final.
 *
 * <p>A claim during which another node claims too fails. Which of them the cluster means can't be
 * told here: this one may have been stopped for long. Whoever still has the shard claims it anew
 * when one of its keys is read again; a node that has learnt that it is elsewhere does not.
 *
 * <p>A shard that was lost is left to the other node. But that one may have been stopped just
 * before it claimed, and have learnt since that the shard is not its own: then nobody would claim
 * it. So if the cluster still has keys of the shard made here after a while, it is claimed again.
 * Each loss doubles that while: two nodes that both believe to have a shard, and go on believing
 * it, do not take it from one another all the time. Thread-safe.
 */
final class Ownership implements ShardOwnership {
  private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
  private static final int ATTEMPTS = 5;
  private static final long LEFT_AT_FIRST_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int DOUBLED_AT_MOST = 4;

  /** How shards are claimed. */
  interface Claims {
    ShardRows.Owner read(int shard) throws StoreUnavailableException;

    boolean claim(int shard, long epoch) throws StoreUnavailableException;
  }

  /** One shard, guarded by itself. */
  private static final class Shard {
    String incarnation;
    @Nullable Tenure tenure;
    boolean inDoubt;
    @Nullable String lostTo;
    long lostAtNanos;
    int losses; // in this incarnation
    @Nullable CompletableFuture<Tenure> claiming;

    Shard(String incarnation) {
      this.incarnation = incarnation;
    }

    void lose(String node, long nowNanos) {
      tenure = null;
      inDoubt = false;
      lostTo = node;
      lostAtNanos = nowNanos;
      losses++;
    }

    boolean isLeftLongEnough(long nowNanos) {
      int doubled = Math.min(losses - 1, DOUBLED_AT_MOST);
      return nowNanos - lostAtNanos >= LEFT_AT_FIRST_NANOS << doubled;
    }
  }

  private final String owner;
  private final Claims claims;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final Shard[] shards;

  /**
   * @param owner this JVM's name for itself; the incarnation of shards of which nobody has told
   * @param executor for claims, which block
   * @param nanoTime a clock that does not jump
   */
  Ownership(String owner, int shardCount, Claims claims, Executor executor, LongSupplier nanoTime) {
    this.owner = owner;
    this.claims = claims;
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.shards = new Shard[shardCount];
    for (int i = 0; i < shardCount; i++) {
      shards[i] = new Shard(owner);
    }
  }

  @Override
  public void hosted(int number, String incarnation) {
    Shard shard = shards[number];
    synchronized (shard) {
      if (!shard.incarnation.equals(incarnation)) {
        shard.incarnation = incarnation;
        shard.tenure = null;
        shard.inDoubt = false;
        shard.lostTo = null;
        shard.losses = 0;
      } else if (shard.lostTo != null && shard.isLeftLongEnough(nanoTime.getAsLong())) {
        LOG.info("Shard {} is still hosted here, and claimed again", number);
        shard.lostTo = null;
      }
    }
  }

  /**
   * Completed with the tenure of a shard, claiming it where need be.
   *
   * @return fails with {@link ShardElsewhereException} where it was lost
   */
  CompletableFuture<Tenure> claimed(int number) {
    Shard shard = shards[number];
    CompletableFuture<Tenure> claiming;
    synchronized (shard) {
      if (shard.lostTo != null) {
        return CompletableFuture.failedFuture(elsewhere(number, shard.lostTo));
      }
      if (shard.tenure != null && !shard.inDoubt) {
        return CompletableFuture.completedFuture(shard.tenure);
      }
      if (shard.claiming != null) {
        return shard.claiming;
      }
      claiming = new CompletableFuture<>();
      shard.claiming = claiming;
    }
    try {
      executor.execute(() -> claim(number, shard, claiming));
    } catch (RuntimeException e) { // the executor is closed
      end(shard, () -> claiming.completeExceptionally(e));
    }
    return claiming;
  }

  /** The tenure as it is known now; null where the shard is to be claimed first. */
  @Nullable Tenure known(int number) {
    Shard shard = shards[number];
    synchronized (shard) {
      return shard.inDoubt ? null : shard.tenure;
    }
  }

  /** Epoch in which the tenure began, in doubt or not; 0 where there is none. */
  long since(int number) {
    Shard shard = shards[number];
    synchronized (shard) {
      return shard.tenure == null ? 0 : shard.tenure.since();
    }
  }

  /** It is unknown whether a flush under this tenure was committed, or still will be. */
  void doubt(Tenure tenure) {
    Shard shard = shards[tenure.shard()];
    synchronized (shard) {
      if (tenure.equals(shard.tenure)) {
        shard.inDoubt = true;
      }
    }
  }

  /** The store refused this tenure. */
  ShardElsewhereException refused(Tenure tenure, String nowOwner, String nowNode) {
    Shard shard = shards[tenure.shard()];
    synchronized (shard) {
      if (tenure.equals(shard.tenure)) {
        if (nowOwner.equals(owner)) {
          shard.inDoubt = true; // a claim of ours that was thought to have failed
        } else {
          shard.lose(nowNode, nanoTime.getAsLong());
        }
      }
    }
    return elsewhere(tenure.shard(), nowNode);
  }

  private void claim(int number, Shard shard, CompletableFuture<Tenure> claiming) {
    try {
      String overtaken = null; // in this incarnation another claim was faster
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        String incarnation;
        Tenure before;
        synchronized (shard) {
          incarnation = shard.incarnation;
          before = shard.tenure;
        }
        ShardRows.Owner row = claims.read(number);
        if (!row.owner().equals(owner)) {
          requireNotLost(number, shard, before, row);
          if (incarnation.equals(overtaken)) {
            throw new StoreUnavailableException(
                "shard " + number + " was claimed by " + row.node() + " at the same time", null);
          }
        }
        if (!claims.claim(number, row.epoch())) {
          overtaken = incarnation;
        } else if (took(number, shard, incarnation, before, row, claiming)) {
          return;
        }
      }
      throw new StoreUnavailableException(
          "shard " + number + " could not be claimed: others claim it too", null);
    } catch (RuntimeException e) {
      end(shard, () -> claiming.completeExceptionally(e));
    }
  }

  /** Throws if it was owned, and is another's now. */
  private void requireNotLost(
      int number, Shard shard, @Nullable Tenure before, ShardRows.Owner now) {
    if (before != null) {
      synchronized (shard) {
        if (before.equals(shard.tenure)) {
          shard.lose(now.node(), nanoTime.getAsLong());
        }
      }
      throw elsewhere(number, now.node());
    }
  }

  /** Returns false if the shard has come anew meanwhile, and is to be claimed for that. */
  private boolean took(
      int number,
      Shard shard,
      String incarnation,
      @Nullable Tenure before,
      ShardRows.Owner row,
      CompletableFuture<Tenure> claiming) {
    long epoch = row.epoch() + 1;
    Tenure tenure = new Tenure(number, before == null ? epoch : before.since(), epoch);
    synchronized (shard) {
      if (!shard.incarnation.equals(incarnation) || !Objects.equals(shard.tenure, before)) {
        return false;
      }
      shard.tenure = tenure;
      shard.inDoubt = false;
      shard.claiming = null;
    }
    LOG.debug("Shard {} is claimed under epoch {}", number, epoch);
    claiming.complete(tenure);
    return true;
  }

  private static void end(Shard shard, Runnable then) {
    synchronized (shard) {
      shard.claiming = null;
    }
    then.run();
  }

  private static ShardElsewhereException elsewhere(int number, String node) {
    return new ShardElsewhereException("shard " + number + " is owned by " + node);
  }
}
