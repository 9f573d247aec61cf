package io.thalweg.results;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.jspecify.annotations.Nullable;

/**
 * The part of a watch that concerns the other nodes: has each of them {@link Feed} it, and puts
 * what comes from there into the watch's subscription.
 *
 * <p>Batches of one node come in order, each once. Where a node is gone with what it had not told,
 * the subscription gets a {@link Happening.Lost}; not where it left in order.
 */
final class RemoteWatch extends AbstractBehavior<RemoteWatch.Message> {

  /** What it is told. */
  sealed interface Message {

    /** A node feeds it from now on. */
    record Opened(ActorRef<WatchHub.Message> hub, ActorRef<Feed.Message> feed) implements Message {}

    /** What happened there. To be acknowledged; the same may come again. */
    record Batch(
        long number, List<io.thalweg.wire.v1.Happening> happenings, ActorRef<Feed.Message> feed)
        implements Message {}

    /** All that happened there was told, and no more will. */
    record Ended(ActorRef<Feed.Message> feed) implements Message {}

    /** These are the hubs of all nodes that can be reached. */
    record Found(Set<ActorRef<WatchHub.Message>> hubs) implements Message {}

    /** A node is gone. */
    record Gone(ActorRef<WatchHub.Message> hub) implements Message {}

    /** Time to ask again those that have not answered, and to let those go on that pause. */
    enum Tick implements Message {
      INSTANCE
    }

    /** Those that have not answered by now are not waited for. */
    enum Begin implements Message {
      INSTANCE
    }

    /** The watch is over. */
    enum End implements Message {
      INSTANCE
    }
  }

  /** Another node, by its hub. */
  private static final class Peer {
    private @Nullable ActorRef<Feed.Message> feed;
    private boolean awaited;
    private boolean ended;
    private boolean paused;
    private long last;
  }

  private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(1);
  private static final Duration BEGIN_AFTER = Duration.ofSeconds(3);

  private final Interest interest;
  private final Subscription subscription;
  private final ActorRef<WatchHub.Message> ownHub;
  private final CompletableFuture<Done> begun;
  private final Map<ActorRef<WatchHub.Message>, Peer> peers = new HashMap<>();
  private boolean hasFound;

  /**
   * @param ownHub this node's, whose keys the subscription hears of by itself
   * @param begun completed when all nodes that can be reached feed it, or after a while
   */
  static Behavior<Message> create(
      Interest interest,
      Subscription subscription,
      ActorRef<WatchHub.Message> ownHub,
      CompletableFuture<Done> begun) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Message.Tick.INSTANCE, ASK_AGAIN_AFTER);
                  timers.startSingleTimer(Message.Begin.INSTANCE, BEGIN_AFTER);
                  return new RemoteWatch(context, interest, subscription, ownHub, begun);
                }));
  }

  private RemoteWatch(
      ActorContext<Message> context,
      Interest interest,
      Subscription subscription,
      ActorRef<WatchHub.Message> ownHub,
      CompletableFuture<Done> begun) {
    super(context);
    this.interest = interest;
    this.subscription = subscription;
    this.ownHub = ownHub;
    this.begun = begun;
    context
        .getSystem()
        .receptionist()
        .tell(
            Receptionist.subscribe(
                WatchHub.HUBS,
                context.messageAdapter(
                    Receptionist.Listing.class,
                    listing -> new Message.Found(listing.getServiceInstances(WatchHub.HUBS)))));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Message.Batch.class, this::onBatch)
        .onMessage(Message.Opened.class, this::onOpened)
        .onMessage(Message.Ended.class, this::onEnded)
        .onMessage(Message.Found.class, this::onFound)
        .onMessage(Message.Gone.class, this::onGone)
        .onMessage(Message.Tick.class, tick -> onTick())
        .onMessage(Message.Begin.class, begin -> onBegin())
        .onMessage(Message.End.class, end -> Behaviors.stopped())
        .onSignal(PostStop.class, stopped -> onStopped())
        .build();
  }

  private Behavior<Message> onFound(Message.Found found) {
    for (ActorRef<WatchHub.Message> hub : found.hubs()) {
      if (!hub.equals(ownHub) && !peers.containsKey(hub)) {
        Peer peer = new Peer();
        peer.awaited = !begun.isDone();
        peers.put(hub, peer);
        getContext().watchWith(hub, new Message.Gone(hub));
        open(hub);
      }
    }
    // Without its own hub the list is not one of the cluster yet.
    hasFound |= found.hubs().contains(ownHub);
    beginIfAllFeed();
    return this;
  }

  private Behavior<Message> onOpened(Message.Opened opened) {
    Peer peer = peers.get(opened.hub());
    if (peer != null && peer.feed == null) {
      peer.feed = opened.feed();
      if (begun.isDone() && (peer.awaited || interest instanceof Interest.OneKey)) {
        subscription.put(Happening.Lost.INSTANCE); // what happened before it knew of the watch
      }
      beginIfAllFeed();
    }
    return this;
  }

  private Behavior<Message> onBatch(Message.Batch batch) {
    for (Peer peer : peers.values()) {
      if (batch.feed().equals(peer.feed)) {
        if (batch.number() == peer.last + 1) {
          peer.last = batch.number();
          batch.happenings().forEach(next -> subscription.put(HappeningCodec.decode(next)));
        }
        acknowledge(peer, batch.feed(), batch.number());
      }
    }
    return this;
  }

  /** Where nobody reads what comes, the feed keeps what happens instead of telling it in vain. */
  private void acknowledge(Peer peer, ActorRef<Feed.Message> feed, long number) {
    peer.paused = subscription.isUnread();
    feed.tell(new Feed.Message.Ack(number, peer.paused));
  }

  private Behavior<Message> onEnded(Message.Ended ended) {
    for (Peer peer : peers.values()) {
      peer.ended |= ended.feed().equals(peer.feed);
    }
    return this;
  }

  private Behavior<Message> onGone(Message.Gone gone) {
    Peer peer = peers.remove(gone.hub());
    if (peer != null && peer.feed != null && !peer.ended) {
      subscription.put(Happening.Lost.INSTANCE);
    }
    beginIfAllFeed();
    return this;
  }

  private Behavior<Message> onTick() {
    peers.forEach(
        (hub, peer) -> {
          if (peer.feed == null) {
            open(hub);
          } else if (peer.paused && !subscription.isUnread()) {
            acknowledge(peer, peer.feed, peer.last);
          }
        });
    return this;
  }

  private Behavior<Message> onBegin() {
    begun.complete(Done.getInstance());
    return this;
  }

  private Behavior<Message> onStopped() {
    begun.complete(Done.getInstance());
    for (Peer peer : peers.values()) {
      if (peer.feed != null) {
        peer.feed.tell(Feed.Message.Close.INSTANCE);
      }
    }
    return this;
  }

  private void beginIfAllFeed() {
    if (hasFound && peers.values().stream().allMatch(peer -> peer.feed != null)) {
      begun.complete(Done.getInstance());
    }
  }

  private void open(ActorRef<WatchHub.Message> hub) {
    hub.tell(new WatchHub.Message.Open(interest, getContext().getSelf()));
  }
}
