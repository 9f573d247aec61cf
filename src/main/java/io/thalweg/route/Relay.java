package io.thalweg.route;

import io.thalweg.domain.key.KeyBatch;
import io.thalweg.entity.KeyAccess;
import io.thalweg.entity.KeyActor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/**
 * Takes what the lanes of other nodes have for the keys of this one, and tells them which shards
 * are here. There is one on each node.
 *
 * <p>Why: a message between nodes costs far more than one within a node, whatever it holds. So what
 * goes to the same node goes as one message, and so do the replies ({@link Returns}).
 *
 * <p>What it tells of its shards is a hint. It hands on through the node's own shard region, which
 * knows better where a shard has moved meanwhile; and lanes that get no reply send again through
 * theirs.
 */
final class Relay extends AbstractBehavior<Relay.Message> {

  /** What a relay is told. */
  sealed interface Message {

    /**
     * Hand these to their keys, and what they reply back.
     *
     * @param replyTo lanes; told {@link Mail.Returned}
     */
    record Carry(List<Parcel> parcels, ActorRef<Mail> replyTo) implements Message {}

    /** A shard has come to this node. */
    record Hosted(HostedShards.Hosted shard) implements Message {}

    /** A shard has left it. */
    record Ended(HostedShards.Hosted shard) implements Message {}

    /** These are the lanes of all nodes that can be reached. */
    record Found(Set<ActorRef<Mail>> lanes) implements Message {}

    /** These lanes are gone, and so is who gathered for them. */
    record Gone(ActorRef<Mail> lanes) implements Message {}

    /** Time to tell again which shards are here. */
    enum Announce implements Message {
      INSTANCE
    }

    /** This node is leaving. */
    enum Withdraw implements Message {
      INSTANCE
    }
  }

  /** A delivery on its way. */
  record Parcel(String entityId, long delivery, List<KeyBatch> batches) {}

  /** All relays are registered under it. */
  static final ServiceKey<Message> RELAYS = ServiceKey.create(Message.class, "relays");

  /** All lanes are registered under it. */
  static final ServiceKey<Mail> LANES = ServiceKey.create(Mail.class, "lanes");

  private static final Duration ANNOUNCE_EVERY = Duration.ofSeconds(5);

  private final KeyAccess keys;
  private final HostedShards hosted;
  private final Map<ActorRef<Mail>, ActorRef<KeyActor.Reply>> returns = new HashMap<>();
  private Set<ActorRef<Mail>> lanes = Set.of();
  private boolean withdrawn;

  static Behavior<Message> create(KeyAccess keys, HostedShards hosted) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Message.Announce.INSTANCE, ANNOUNCE_EVERY);
                  return new Relay(context, keys, hosted);
                }));
  }

  private Relay(ActorContext<Message> context, KeyAccess keys, HostedShards hosted) {
    super(context);
    this.keys = keys;
    this.hosted = hosted;
    ActorRef<Message> self = context.getSelf();
    hosted.onHosted(shard -> self.tell(new Message.Hosted(shard)));
    ActorRef<Receptionist.Command> receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.register(RELAYS, self));
    receptionist.tell(
        Receptionist.subscribe(
            LANES,
            context.messageAdapter(
                Receptionist.Listing.class,
                listing -> new Message.Found(listing.getServiceInstances(LANES)))));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Message.Carry.class, this::onCarry)
        .onMessage(Message.Hosted.class, this::onHosted)
        .onMessage(Message.Ended.class, this::onEnded)
        .onMessage(Message.Found.class, this::onFound)
        .onMessage(Message.Gone.class, this::onGone)
        .onMessage(Message.Announce.class, announce -> onAnnounce())
        .onMessage(Message.Withdraw.class, withdraw -> onWithdraw())
        .build();
  }

  private Behavior<Message> onCarry(Message.Carry carry) {
    ActorRef<KeyActor.Reply> replyTo = returns.computeIfAbsent(carry.replyTo(), this::spawnReturns);
    for (Parcel parcel : carry.parcels()) {
      keys.tell(
          parcel.entityId(),
          new KeyActor.Command.Record(parcel.delivery(), parcel.batches(), replyTo));
    }
    return this;
  }

  private ActorRef<KeyActor.Reply> spawnReturns(ActorRef<Mail> lanes) {
    ActorRef<KeyActor.Reply> spawned = getContext().spawnAnonymous(Returns.create(lanes));
    getContext().watchWith(spawned, new Message.Gone(lanes));
    return spawned;
  }

  private Behavior<Message> onGone(Message.Gone gone) {
    returns.remove(gone.lanes());
    return this;
  }

  private Behavior<Message> onHosted(Message.Hosted message) {
    HostedShards.Hosted shard = message.shard();
    getContext().watchWith(shard.life(), new Message.Ended(shard));
    announce(lanes, List.of(shard.number()));
    return this;
  }

  private Behavior<Message> onEnded(Message.Ended ended) {
    hosted.ended(ended.shard());
    return this;
  }

  private Behavior<Message> onFound(Message.Found found) {
    Set<ActorRef<Mail>> before = lanes;
    lanes = Set.copyOf(found.lanes());
    announce(lanes.stream().filter(ref -> !before.contains(ref)).toList(), hosted.numbers());
    return this;
  }

  /** What was lost on the way, or forgotten after a late reply, is known again. */
  private Behavior<Message> onAnnounce() {
    announce(lanes, hosted.numbers());
    return this;
  }

  private Behavior<Message> onWithdraw() {
    withdrawn = true;
    lanes.forEach(ref -> ref.tell(new Mail.Withdrawn(getContext().getSelf())));
    return this;
  }

  private void announce(Iterable<ActorRef<Mail>> to, List<Integer> numbers) {
    if (!withdrawn && !numbers.isEmpty()) {
      Mail hosts = new Mail.Hosts(numbers, getContext().getSelf());
      to.forEach(ref -> ref.tell(hosts));
    }
  }
}
