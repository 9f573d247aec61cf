package io.thalweg.entity;

import org.apache.pekko.actor.typed.ActorRef;

/** Hears which shards the cluster has given to this node. Thread-safe. */
@FunctionalInterface
public interface Hosting {

  /**
   * Called for every key that is brought to memory, before anything of it is read; must be cheap
   * and must not block.
   *
   * @param shard its number
   * @param life the shard's actor; another one each time that the shard comes to this node
   */
  void hosted(int shard, ActorRef<Void> life);
}
