package io.thalweg.route;

import io.thalweg.entity.KeyActor;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What {@link Relay relays} tell the lanes of all nodes. */
sealed interface Mail {

  /** Keys have replied, in any order. */
  record Returned(List<KeyActor.Reply> replies) implements Mail {}

  /** These shards are on the relay's node, as far as it knows. */
  record Hosts(List<Integer> shards, ActorRef<Relay.Message> relay) implements Mail {}

  /** The relay's node is leaving: its shards will be elsewhere soon. */
  record Withdrawn(ActorRef<Relay.Message> relay) implements Mail {}
}
