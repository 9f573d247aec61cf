package io.thalweg.results.kafka;

import io.thalweg.journal.StoreUnavailableException;
import io.thalweg.journal.StoredQueues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The shards whose results a node tells for one sink, how far each has come, and the journal's view
 * of that. For the sink's thread; acknowledgements come from others.
 */
final class SinkShards {
  private static final long PATIENCE_SECONDS = 30;

  private final String queue;
  private final StoredQueues stored;
  private final ShardShare share;
  private final Map<Integer, ShardProgress> shards = new HashMap<>();
  private volatile Totals totals = new Totals(0, 0, -1, 0);

  /**
   * Over the shards of this node, as of the last look.
   *
   * @param position events told
   * @param waiting events that wait; -1: unknown
   * @param lost of those told: given up
   */
  record Totals(int shards, long position, long waiting, long lost) {}

  SinkShards(String queue, StoredQueues stored, ShardShare share) {
    this.queue = queue;
    this.stored = stored;
    this.share = share;
  }

  Totals totals() {
    return totals;
  }

  Map<Integer, ShardProgress> all() {
    return shards;
  }

  @Nullable ShardProgress of(int shard) {
    return shards.get(shard);
  }

  /**
   * Looks which shards are this node's, and how far they have come.
   *
   * @return the places of these, by shard
   */
  Map<Integer, StoredQueues.Place> look() throws InterruptedException {
    Map<Integer, String> writers = await(stored.writers());
    Map<Integer, StoredQueues.Place> mine = new HashMap<>();
    long waiting = 0;
    long position = 0;
    long lost = 0;
    for (StoredQueues.Place place : await(stored.places(queue))) {
      int shard = place.shard();
      if (share.has(shard, Optional.ofNullable(writers.get(shard)))) {
        mine.put(shard, place);
        ShardProgress progress =
            shards.computeIfAbsent(shard, number -> new ShardProgress(place.told()));
        long told = Math.max(place.told(), progress.acknowledged());
        waiting += Math.max(0, place.head() - told);
        position += told;
        lost += place.lost();
      }
    }
    shards.keySet().retainAll(mine.keySet());
    totals = new Totals(mine.size(), position, waiting, lost);
    return mine;
  }

  /** Stores how far the brokers have acknowledged. */
  void store() throws InterruptedException {
    List<StoredQueues.Told> told = new ArrayList<>();
    shards.forEach(
        (shard, progress) -> {
          long upTo = progress.toStore();
          if (upTo >= 0) {
            told.add(new StoredQueues.Told(shard, upTo, 0));
          }
        });
    if (!told.isEmpty()) {
      await(stored.told(queue, told));
      told.forEach(
          place -> {
            ShardProgress progress = shards.get(place.shard());
            if (progress != null) {
              progress.stored(place.upTo());
            }
          });
    }
  }

  /** Deletes what is stored as acknowledged. */
  void delete() throws InterruptedException {
    List<StoredQueues.Done> rows = new ArrayList<>();
    shards.forEach(
        (shard, progress) -> {
          long upTo = progress.toDelete();
          if (upTo >= 0) {
            rows.add(new StoredQueues.Done(shard, progress.deleted(), upTo));
          }
        });
    if (!rows.isEmpty()) {
      await(stored.delete(queue, rows));
      rows.forEach(
          row -> {
            ShardProgress progress = shards.get(row.shard());
            if (progress != null) {
              progress.deleted(row.upTo());
            }
          });
    }
  }

  /**
   * Gives up the oldest of what waits, of each shard in proportion. What is under way no longer
   * counts then.
   *
   * @return how many events were given up: a few more perhaps than asked for
   */
  long giveUp(Collection<StoredQueues.Place> places, long events) throws InterruptedException {
    long all = places.stream().mapToLong(StoredQueues.Place::waiting).sum();
    List<StoredQueues.Told> told = new ArrayList<>();
    long gone = 0;
    for (StoredQueues.Place place : places) {
      long share =
          Math.min(place.waiting(), (long) Math.ceil((double) events * place.waiting() / all));
      if (share > 0) {
        told.add(new StoredQueues.Told(place.shard(), place.told() + share, share));
        gone += share;
      }
    }
    await(stored.told(queue, told));
    return gone;
  }

  /** Forgets what is under way: it is read again from where the brokers have acknowledged. */
  void startOver() {
    shards.clear();
  }

  /**
   * Waits for the journal.
   *
   * @throws StoreUnavailableException if it does not answer
   */
  static <T> T await(CompletionStage<T> answer) throws InterruptedException {
    try {
      return answer.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof RuntimeException known) {
        throw known;
      }
      throw new StoreUnavailableException("the journal can't be read: " + cause, e);
    } catch (TimeoutException e) {
      throw new StoreUnavailableException(
          "the journal has not answered within " + PATIENCE_SECONDS + " s", e);
    }
  }
}
