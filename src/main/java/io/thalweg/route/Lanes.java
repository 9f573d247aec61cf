package io.thalweg.route;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.Shards;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.domain.sample.Batch;
import io.thalweg.domain.sample.Series;
import io.thalweg.entity.KeyAccess;
import io.thalweg.entity.KeyActor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings batches to keys: a lane for each key that something waits for, and those that are ready
 * wait for their turn.
 *
 * <p>Why not send each series to its key at once? A key journals one event at a time, and the cost
 * of an event hardly depends on how many samples it holds. So one delivery is under way for each
 * key at most, what arrives meanwhile gathers in the key's lane and goes as one; and of all lanes
 * only so many are under way at a time as keep the journal busy, so that samples gather in lanes
 * instead of mailboxes. With nothing under way a sample goes at once: batches grow with the load,
 * and latency does not grow with an idle timer.
 *
 * <p>Everything is bounded. A batch that finds no room waits to be admitted, and its call is not
 * read on until then; the producer feels it as flow control.
 *
 * <p>Order: the batches of one producer for one key are delivered in the order in which they came.
 * Where a delivery is given up, so is all that waits behind it in its lane, and all that its
 * callers bring later: a later batch must not overtake one that will be sent again.
 */
final class Lanes extends AbstractBehavior<Lanes.Message> {

  /** What the lanes are told. */
  sealed interface Message {

    /** A batch wants to be delivered. */
    record Offer(Ticket ticket) implements Message {}

    /** A key has answered. */
    record Replied(KeyActor.Reply reply) implements Message {}

    /** Another node's relay tells something. */
    record Mailed(Mail mail) implements Message {}

    /** These are the relays of all nodes that can be reached. */
    record Found(Set<ActorRef<Relay.Message>> relays) implements Message {}

    /** Send what was gathered for other nodes. */
    enum Flush implements Message {
      INSTANCE
    }

    /** Time to look for deliveries without an answer. */
    enum Tick implements Message {
      INSTANCE
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int BACKOFF_DOUBLINGS_MAX = 4;

  private final Shards shards;
  private final RouteSettings settings;
  private final RouteCounters counters;
  private final LongSupplier nanoTime;
  private final Outbox outbox;

  /** By stream and key. */
  private final Map<String, Map<String, Lane>> lanes = new HashMap<>();

  private final Turns turns;
  private final Map<Long, Delivery> underWay = new HashMap<>();
  private final ArrayDeque<Ticket> waiting = new ArrayDeque<>();
  private long weightInFlight;
  private long lastDelivery;

  static Behavior<Message> create(
      KeyAccess keys,
      Shards shards,
      ActorRef<Relay.Message> ownRelay,
      RouteSettings settings,
      RouteCounters counters,
      LongSupplier nanoTime) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Message.Tick.INSTANCE, TICK);
                  return new Lanes(context, keys, shards, ownRelay, settings, counters, nanoTime);
                }));
  }

  private Lanes(
      ActorContext<Message> context,
      KeyAccess keys,
      Shards shards,
      ActorRef<Relay.Message> ownRelay,
      RouteSettings settings,
      RouteCounters counters,
      LongSupplier nanoTime) {
    super(context);
    this.shards = shards;
    this.settings = settings;
    this.counters = counters;
    this.nanoTime = nanoTime;
    ActorRef<Mail> mail = context.messageAdapter(Mail.class, Message.Mailed::new);
    this.outbox =
        new Outbox(
            keys,
            shards.count(),
            ownRelay,
            context.messageAdapter(KeyActor.Reply.class, Message.Replied::new),
            mail,
            () -> context.getSelf().tell(Message.Flush.INSTANCE));
    this.turns = new Turns(outbox::isInMemory, settings.recoveriesInFlightMax());
    ActorRef<Receptionist.Command> receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.register(Relay.LANES, mail));
    receptionist.tell(
        Receptionist.subscribe(
            Relay.RELAYS,
            // Not an adapter: all adapters are one actor, which can't register and subscribe.
            context.spawn(
                Behaviors.receiveMessage(
                    listing -> {
                      context
                          .getSelf()
                          .tell(new Message.Found(listing.getServiceInstances(Relay.RELAYS)));
                      return Behaviors.same();
                    }),
                "relays")));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Message.Offer.class, this::onOffer)
        .onMessage(Message.Replied.class, this::onReplied)
        .onMessage(Message.Mailed.class, this::onMailed)
        .onMessage(Message.Found.class, this::onFound)
        .onMessage(Message.Flush.class, flush -> onFlush())
        .onMessage(Message.Tick.class, tick -> onTick())
        .onSignal(PostStop.class, stopped -> onStopped())
        .build();
  }

  private Behavior<Message> onOffer(Message.Offer offer) {
    waiting.add(offer.ticket());
    admit();
    return this;
  }

  private Behavior<Message> onReplied(Message.Replied replied) {
    onReply(replied.reply());
    return this;
  }

  private Behavior<Message> onMailed(Message.Mailed mailed) {
    switch (mailed.mail()) {
      case Mail.Returned returned -> returned.replies().forEach(this::onReply);
      case Mail.Hosts hosts -> outbox.learn(hosts);
      case Mail.Withdrawn withdrawn -> outbox.forget(withdrawn.relay());
    }
    return this;
  }

  private Behavior<Message> onFound(Message.Found found) {
    outbox.reached(found.relays());
    return this;
  }

  private Behavior<Message> onFlush() {
    outbox.flush();
    return this;
  }

  private void onReply(KeyActor.Reply reply) {
    switch (reply) {
      case KeyActor.Reply.Recorded recorded -> onRecorded(recorded);
      case KeyActor.Reply.Unknown unknown -> onUnknown(unknown.delivery());
      case KeyActor.Reply.Failed failed -> onFailed(failed);
    }
  }

  private void onRecorded(KeyActor.Reply.Recorded recorded) {
    Delivery delivery = underWay.remove(recorded.delivery());
    if (delivery == null) {
      return; // the answer to a delivery that was sent twice
    }
    List<BatchResult> results = recorded.results();
    counters.answered(results);
    Shares shares = delivery.shares();
    for (int i = 0; i < shares.count(); i++) {
      shares.ticket(i).answer(shares.series(i), results.get(i));
      weightInFlight -= shares.weight(i);
    }
    goOn(delivery.lane());
  }

  /** The key's journal is in doubt: it will know better after it has recovered. */
  private void onUnknown(long number) {
    Delivery delivery = underWay.get(number);
    if (delivery != null) {
      int doublings = Math.min(delivery.attempts() - 1, BACKOFF_DOUBLINGS_MAX);
      turns.over(delivery.lane());
      delivery.postpone(nanoTime.getAsLong() + (settings.retryBackoff().toNanos() << doublings));
    }
  }

  private void onFailed(KeyActor.Reply.Failed failed) {
    if (!failed.failure().damaged()) {
      onUnknown(failed.delivery());
      return;
    }
    Delivery delivery = underWay.remove(failed.delivery());
    if (delivery != null) {
      Shares shares = delivery.shares();
      for (int i = 0; i < shares.count(); i++) {
        shares.ticket(i).refuse(shares.series(i), failed.failure().reason());
        weightInFlight -= shares.weight(i);
      }
      goOn(delivery.lane());
    }
  }

  private Behavior<Message> onTick() {
    long now = nanoTime.getAsLong();
    List<Delivery> due = new ArrayList<>();
    for (Delivery delivery : underWay.values()) {
      if (delivery.isDue(now)) {
        due.add(delivery);
      }
    }
    List<Delivery> tooOld = new ArrayList<>();
    for (Delivery delivery : due) {
      if (delivery.ageNanos(now) >= settings.giveUpAfter().toNanos()) {
        tooOld.add(delivery);
      } else {
        sent(delivery, now);
        turns.over(delivery.lane());
        outbox.sendAgain(delivery);
      }
    }
    giveUp(tooOld);
    dispatch();
    tellLoad(now);
    return this;
  }

  private void tellLoad(long now) {
    long oldest = 0;
    for (Delivery delivery : underWay.values()) {
      oldest = Math.max(oldest, delivery.ageNanos(now));
    }
    counters.loaded(new RouteCounters.Load(weightInFlight, underWay.size(), oldest));
  }

  /** One line in the log for all: with a journal that is gone there are thousands. */
  private void giveUp(List<Delivery> tooOld) {
    if (!tooOld.isEmpty()) {
      LOG.warn(
          "no confirmation for {} s: the batches of {} and of {} more are given up as unavailable",
          settings.giveUpAfter().toSeconds(),
          tooOld.getFirst().lane().key(),
          tooOld.size() - 1);
      tooOld.forEach(this::giveUp);
    }
  }

  private void giveUp(Delivery delivery) {
    underWay.remove(delivery.number());
    Lane lane = delivery.lane();
    String reason =
        "key " + lane.key() + " has not confirmed for " + settings.giveUpAfter().toSeconds() + " s";
    giveUp(delivery.shares(), reason);
    giveUp(lane.take(Integer.MAX_VALUE), reason);
    goOn(lane);
  }

  private void giveUp(Shares shares, String reason) {
    for (int i = 0; i < shares.count(); i++) {
      shares.ticket(i).giveUp(reason);
      weightInFlight -= shares.weight(i);
    }
  }

  private Behavior<Message> onStopped() {
    String reason = "this node is shutting down";
    waiting.forEach(ticket -> ticket.giveUp(reason));
    underWay.values().forEach(delivery -> giveUp(delivery.shares(), reason));
    for (Map<String, Lane> ofStream : lanes.values()) {
      ofStream.values().forEach(lane -> giveUp(lane.take(Integer.MAX_VALUE), reason));
    }
    return this;
  }

  /** Lets in what there is room for. A batch larger than all the room is let in alone. */
  private void admit() {
    while (!waiting.isEmpty()) {
      Ticket ticket = waiting.element();
      if (weightInFlight > 0 && weightInFlight + ticket.weight() > settings.samplesInFlightMax()) {
        break;
      }
      waiting.remove();
      ticket.caller().givenUp().ifPresentOrElse(ticket::giveUp, () -> distribute(ticket));
    }
    dispatch();
  }

  private void distribute(Ticket ticket) {
    weightInFlight += ticket.weight();
    Batch batch = ticket.batch();
    List<Series> all = batch.series();
    Lane[] found = find(batch.stream(), all);
    for (int i = 0; i < found.length; i++) {
      Lane lane = found[i];
      lane.add(ticket, i, all.get(i));
      queueIfIdle(lane);
    }
    ticket.admit();
  }

  /** All of them before the first is touched: so the waits for memory overlap. */
  private Lane[] find(String stream, List<Series> all) {
    Map<String, Lane> ofStream = lanes.computeIfAbsent(stream, some -> new HashMap<>());
    Lane[] found = new Lane[all.size()];
    for (int i = 0; i < found.length; i++) {
      String key = all.get(i).key();
      Lane lane = ofStream.get(key);
      if (lane == null) {
        lane = lane(new StreamKey(stream, key));
        ofStream.put(key, lane);
      }
      found[i] = lane;
    }
    return found;
  }

  private Lane lane(StreamKey key) {
    String entityId = key.entityId();
    return new Lane(key, entityId, shards.of(entityId));
  }

  private void queueIfIdle(Lane lane) {
    if (!lane.isBusy()) {
      lane.setBusy(true);
      turns.add(lane);
    }
  }

  private void dispatch() {
    if (turns.isEmpty()) {
      return;
    }
    long now = nanoTime.getAsLong();
    while (underWay.size() < settings.deliveriesInFlightMax()) {
      Lane lane = turns.next();
      if (lane == null) {
        return;
      }
      Delivery delivery =
          new Delivery(++lastDelivery, lane, lane.take(settings.samplesPerDeliveryMax()), now);
      underWay.put(delivery.number(), delivery);
      sent(delivery, now);
      outbox.send(delivery);
    }
  }

  private void sent(Delivery delivery, long now) {
    delivery.sent(now + settings.replyTimeout().toNanos());
  }

  /** A lane's delivery is over: its next one, or none; and there may be room for more. */
  private void goOn(Lane lane) {
    lane.setBusy(false);
    turns.over(lane);
    if (lane.isEmpty()) {
      lanes.getOrDefault(lane.key().stream(), Map.of()).remove(lane.key().key());
    } else {
      queueIfIdle(lane);
    }
    admit();
  }
}
