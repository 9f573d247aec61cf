package io.thalweg.entity;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * The ways to a key: straight to its actor, where that is known to be in this node's memory, or
 * through the shard region, which finds it anywhere and brings it to memory.
 *
 * <p>What goes straight to a key that stops at that moment is lost; whoever waits for its answer
 * sends it again, through the region. Thread-safe.
 */
public final class KeyAccess {
  private final ActorRef<ShardingEnvelope<KeyActor.Command>> region;
  private final ActiveKeys active;

  public KeyAccess(ActorRef<ShardingEnvelope<KeyActor.Command>> region, ActiveKeys active) {
    this.region = region;
    this.active = active;
  }

  /** Whether a key is in this node's memory, or on its way there. */
  public boolean isInMemory(String entityId) {
    return active.contains(entityId);
  }

  /** Tells a key by the shortest way. */
  public void tell(String entityId, KeyActor.Command command) {
    ActorRef<KeyActor.Command> key = active.find(entityId);
    if (key != null) {
      key.tell(command);
    } else {
      tellThroughShard(entityId, command);
    }
  }

  /** Tells a key wherever it is. */
  public void tellThroughShard(String entityId, KeyActor.Command command) {
    region.tell(new ShardingEnvelope<>(entityId, command));
  }
}
