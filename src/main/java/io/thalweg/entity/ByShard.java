package io.thalweg.entity;

import io.thalweg.domain.key.Shards;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;

/** Names a key's shard as the journal does. */
final class ByShard
    extends ShardingMessageExtractor<ShardingEnvelope<KeyActor.Command>, KeyActor.Command> {
  private final Shards shards;

  ByShard(Shards shards) {
    this.shards = shards;
  }

  @Override
  public String entityId(ShardingEnvelope<KeyActor.Command> envelope) {
    return envelope.entityId();
  }

  @Override
  public String shardId(String entityId) {
    return Integer.toString(shards.of(entityId));
  }

  @Override
  public KeyActor.Command unwrapMessage(ShardingEnvelope<KeyActor.Command> envelope) {
    return envelope.message();
  }
}
