package io.thalweg.results;

import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/**
 * Where the watches of other nodes ask to be told what happens on this one. Each gets a {@link
 * Feed}. How many there may be the other nodes bound, each for its own watches.
 */
final class WatchHub extends AbstractBehavior<WatchHub.Message> {

  /** What a hub is told. */
  sealed interface Message {

    /**
     * Tell a watch what happens from now on. Safe to ask again.
     *
     * @param watch told {@link RemoteWatch.Message.Opened}
     */
    record Open(Interest interest, ActorRef<RemoteWatch.Message> watch) implements Message {}

    /** A feed has ended. */
    record Ended(ActorRef<RemoteWatch.Message> watch) implements Message {}

    /** The shards of this node are gone: no more will happen. */
    record Leave(ActorRef<Done> replyTo) implements Message {}
  }

  /** All hubs are registered under it. */
  static final ServiceKey<Message> HUBS = ServiceKey.create(Message.class, "watch-hubs");

  private final Watchers watchers;
  private final Map<ActorRef<RemoteWatch.Message>, ActorRef<Feed.Message>> feeds = new HashMap<>();

  static Behavior<Message> create(Watchers watchers) {
    return Behaviors.setup(context -> new WatchHub(context, watchers));
  }

  private WatchHub(ActorContext<Message> context, Watchers watchers) {
    super(context);
    this.watchers = watchers;
    context.getSystem().receptionist().tell(Receptionist.register(HUBS, context.getSelf()));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Message.Open.class, this::onOpen)
        .onMessage(Message.Ended.class, this::onEnded)
        .onMessage(Message.Leave.class, this::onLeave)
        .build();
  }

  private Behavior<Message> onOpen(Message.Open open) {
    ActorRef<Feed.Message> feed = feeds.get(open.watch());
    if (feed == null) {
      feed =
          getContext()
              .spawnAnonymous(
                  Feed.create(watchers, open.interest(), getContext().getSelf(), open.watch()));
      getContext().watchWith(feed, new Message.Ended(open.watch()));
      feeds.put(open.watch(), feed);
    } else {
      open.watch().tell(new RemoteWatch.Message.Opened(getContext().getSelf(), feed));
    }
    return this;
  }

  private Behavior<Message> onEnded(Message.Ended ended) {
    feeds.remove(ended.watch());
    return this;
  }

  private Behavior<Message> onLeave(Message.Leave leave) {
    feeds.values().forEach(feed -> feed.tell(Feed.Message.Drain.INSTANCE));
    leave.replyTo().tell(Done.getInstance());
    return this;
  }
}
