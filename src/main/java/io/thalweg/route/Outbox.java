package io.thalweg.route;

import io.thalweg.domain.key.KeyBatch;
import io.thalweg.entity.KeyAccess;
import io.thalweg.entity.KeyActor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The way of deliveries to their keys. To a shard of which another node's relay has said that it is
 * there, they go through that relay, many in one message; to all others by {@link KeyAccess}; and
 * whenever one is sent again, through the shard region, which always finds the key.
 *
 * <p>Not thread-safe: it is the lanes'.
 */
final class Outbox {
  /** At most so many in one message; with those of all relays they are as many as are in flight. */
  private static final int PARCELS_MAX = 4_096;

  /** A message is full at this size. One delivery alone may be larger. */
  private static final int BYTES_MAX = 1 << 20;

  private static final int BYTES_OF_PARCEL = 48;
  private static final int BYTES_OF_SAMPLE = 18;
  private static final int BYTES_OF_CHARACTER = 3;

  private final KeyAccess keys;
  private final ActorRef<Relay.Message> own;
  private final ActorRef<KeyActor.Reply> replyTo;
  private final ActorRef<Mail> mail;
  private final Runnable flushLater;
  private final @Nullable ActorRef<Relay.Message>[] places;
  private final Map<ActorRef<Relay.Message>, Load> loads = new HashMap<>();
  private Set<ActorRef<Relay.Message>> reached = Set.of();
  private boolean flushing;

  /**
   * @param shards how many there are
   * @param own this node's relay
   * @param replyTo told by keys that are not sent to through a relay
   * @param mail told by relays
   * @param flushLater has {@link #flush} called soon, after what else is to be sent by then
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  Outbox(
      KeyAccess keys,
      int shards,
      ActorRef<Relay.Message> own,
      ActorRef<KeyActor.Reply> replyTo,
      ActorRef<Mail> mail,
      Runnable flushLater) {
    this.keys = keys;
    this.own = own;
    this.replyTo = replyTo;
    this.mail = mail;
    this.flushLater = flushLater;
    this.places = new ActorRef[shards];
  }

  /** Whether a lane's key is in this node's memory, or reached through another node. */
  boolean isInMemory(Lane lane) {
    return places[lane.shard()] != null || keys.isInMemory(lane.entityId());
  }

  /** Sends a delivery for the first time. */
  void send(Delivery delivery) {
    Lane lane = delivery.lane();
    ActorRef<Relay.Message> place = places[lane.shard()];
    if (place == null) {
      keys.tell(lane.entityId(), record(delivery));
    } else {
      load(
          place, new Relay.Parcel(lane.entityId(), delivery.number(), delivery.shares().batches()));
    }
  }

  /** Sends it once more: whoever was to hand it on may not be there any longer. */
  void sendAgain(Delivery delivery) {
    Lane lane = delivery.lane();
    places[lane.shard()] = null;
    keys.tellThroughShard(lane.entityId(), record(delivery));
  }

  /** Sends all that was gathered. */
  void flush() {
    flushing = false;
    loads.forEach((relay, load) -> relay.tell(new Relay.Message.Carry(load.parcels, mail)));
    loads.clear();
  }

  /** From now on these go that way; where it is this node's own relay, there is no need of it. */
  void learn(Mail.Hosts hosts) {
    boolean isHere = hosts.relay().equals(own);
    for (int shard : hosts.shards()) {
      if (shard >= 0 && shard < places.length) {
        places[shard] = isHere ? null : hosts.relay();
      }
    }
  }

  /** Its node is leaving. */
  void forget(ActorRef<Relay.Message> relay) {
    for (int shard = 0; shard < places.length; shard++) {
      if (relay.equals(places[shard])) {
        places[shard] = null;
      }
    }
  }

  /** These can be reached; those that could before, and are not among them, cannot. */
  void reached(Set<ActorRef<Relay.Message>> relays) {
    reached.stream().filter(relay -> !relays.contains(relay)).forEach(this::forget);
    reached = Set.copyOf(relays);
  }

  private KeyActor.Command record(Delivery delivery) {
    return new KeyActor.Command.Record(delivery.number(), delivery.shares().batches(), replyTo);
  }

  private void load(ActorRef<Relay.Message> relay, Relay.Parcel parcel) {
    Load load = loads.computeIfAbsent(relay, some -> new Load());
    long bytes = bytes(parcel);
    if (load.parcels.size() == PARCELS_MAX
        || (load.bytes + bytes > BYTES_MAX && !load.parcels.isEmpty())) {
      relay.tell(new Relay.Message.Carry(load.parcels, mail));
      load = new Load();
      loads.put(relay, load);
    }
    load.parcels.add(parcel);
    load.bytes += bytes;
    if (!flushing) {
      flushing = true;
      flushLater.run();
    }
  }

  /** At most so many on the way. */
  private static long bytes(Relay.Parcel parcel) {
    long bytes = BYTES_OF_PARCEL + (long) BYTES_OF_CHARACTER * parcel.entityId().length();
    for (KeyBatch batch : parcel.batches()) {
      bytes +=
          BYTES_OF_PARCEL
              + (long) BYTES_OF_CHARACTER * batch.producer().length()
              + (long) BYTES_OF_SAMPLE * batch.size();
    }
    return bytes;
  }

  private static final class Load {
    private final List<Relay.Parcel> parcels = new ArrayList<>();
    private long bytes;
  }
}
