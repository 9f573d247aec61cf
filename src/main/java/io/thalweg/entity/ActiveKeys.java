package io.thalweg.entity;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are in this node's memory. Whoever sends to one of them can spare the way through
 * shard region and shard, which costs as much as the key itself does.
 *
 * <p>A shard lets those keys leave that were not sent to through it for longest. So now and then,
 * and the more often the more keys come, a key is to be reached through its shard all the same.
 *
 * <p>Thread-safe.
 */
public final class ActiveKeys {
  private static final long SHARD_EVERY_NANOS_MAX = 30_000_000_000L;

  private final ConcurrentHashMap<String, Active> keys = new ConcurrentHashMap<>();
  private final LongAdder arrivals = new LongAdder();
  private final LongSupplier nanoTime;
  private final long shardEveryNanos;
  private final long shardEveryArrivals;

  private static final class Active {
    private final ActorRef<KeyActor.Command> key;
    private volatile long shardAtNanos;
    private volatile long shardAtArrivals;

    Active(ActorRef<KeyActor.Command> key, long nowNanos, long arrivals) {
      this.key = key;
      this.shardAtNanos = nowNanos;
      this.shardAtArrivals = arrivals;
    }
  }

  /**
   * @param nanoTime a clock that never goes back
   */
  public ActiveKeys(EntitySettings settings, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    shardEveryNanos = Math.min(SHARD_EVERY_NANOS_MAX, settings.passivateAfter().toNanos() / 4);
    shardEveryArrivals = Math.max(1, settings.activeMax() / 8);
  }

  /** A key is in memory. */
  void add(String entityId, ActorRef<KeyActor.Command> key) {
    arrivals.increment();
    keys.put(entityId, new Active(key, nanoTime.getAsLong(), arrivals.sum()));
  }

  /** It takes nothing more. */
  void remove(String entityId, ActorRef<KeyActor.Command> key) {
    keys.computeIfPresent(entityId, (id, active) -> active.key.equals(key) ? null : active);
  }

  /** How many there are. */
  public int count() {
    return keys.size();
  }

  boolean contains(String entityId) {
    return keys.containsKey(entityId);
  }

  /** The key's actor; null where it is to be reached through its shard. */
  @Nullable ActorRef<KeyActor.Command> find(String entityId) {
    Active active = keys.get(entityId);
    if (active == null) {
      return null;
    }
    long now = nanoTime.getAsLong();
    long come = arrivals.sum();
    if (now - active.shardAtNanos >= shardEveryNanos
        || come - active.shardAtArrivals >= shardEveryArrivals) {
      active.shardAtNanos = now;
      active.shardAtArrivals = come;
      return null;
    }
    return active.key;
  }
}
