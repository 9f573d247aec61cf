package io.thalweg.journal;

/**
 * Is told which shards of keys the cluster has given to this node. The store is the judge: a shard
 * belongs to the node that claimed it last, whatever the cluster thinks.
 */
@FunctionalInterface
public interface ShardOwnership {
  /** For stores that have one user. */
  ShardOwnership SOLE = (shard, incarnation) -> {};

  /**
   * This node has a shard. Called whenever one of its keys is made, before that key reads the
   * journal; cheap, and may be repeated. The shard is claimed when the first of its keys recovers.
   * A shard that was lost to another node is not claimed again before it comes back with another
   * incarnation, or this node still has it after a while.
   *
   * @param incarnation one life of the shard on this node
   */
  void hosted(int shard, String incarnation);
}
