package io.thalweg.results.kafka;

import java.util.Optional;

/**
 * Which shards' results a node tells. Two nodes may both believe to have a shard for a while: what
 * they tell twice is the same. That no node does would only cost time.
 */
@FunctionalInterface
public interface ShardShare {
  /**
   * @param writer the address of the node that wrote last in the shard; empty: none has, or there
   *     is but one node
   */
  boolean has(int shard, Optional<String> writer);
}
