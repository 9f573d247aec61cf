package io.thalweg.route;

import io.thalweg.entity.KeyActor;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Gathers what keys reply to the lanes of another node. With the first reply it tells itself to
 * send; by the time it hears that, what lay in its mailbox meanwhile has been added. So replies
 * gather under load, and none waits for a timer. It ends with the lanes.
 */
final class Returns extends AbstractBehavior<Returns.Message> {

  /** What it is told. */
  sealed interface Message {

    /** A key has replied. */
    record Replied(KeyActor.Reply reply) implements Message {}

    /** Send what there is. */
    enum Flush implements Message {
      INSTANCE
    }

    /** The lanes are gone, or their node is. */
    enum End implements Message {
      INSTANCE
    }
  }

  private static final int REPLIES_MAX = 4_096;
  private static final int BYTES_MAX = 1 << 20;
  private static final int BYTES_OF_REPLY = 16;
  private static final int BYTES_OF_RESULT = 24;
  private static final int BYTES_OF_CHARACTER = 3;

  private final ActorRef<Mail> lanes;
  private List<KeyActor.Reply> replies = new ArrayList<>();
  private long bytes;

  static Behavior<KeyActor.Reply> create(ActorRef<Mail> lanes) {
    return Behaviors.transformMessages(
        KeyActor.Reply.class,
        Behaviors.<Message>setup(context -> new Returns(context, lanes)),
        builder -> builder.matchAny(Message.Replied::new));
  }

  private Returns(ActorContext<Message> context, ActorRef<Mail> lanes) {
    super(context);
    this.lanes = lanes;
    context.watchWith(lanes, Message.End.INSTANCE);
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Message.Replied.class, this::onReplied)
        .onMessage(Message.Flush.class, flush -> onFlush())
        .onMessage(Message.End.class, end -> Behaviors.stopped())
        .build();
  }

  private Behavior<Message> onReplied(Message.Replied replied) {
    KeyActor.Reply reply = replied.reply();
    long more = bytes(reply);
    if (replies.size() == REPLIES_MAX || bytes + more > BYTES_MAX) {
      send();
    }
    if (replies.isEmpty()) {
      getContext().getSelf().tell(Message.Flush.INSTANCE);
    }
    replies.add(reply);
    bytes += more;
    return this;
  }

  private Behavior<Message> onFlush() {
    send();
    return this;
  }

  private void send() {
    if (!replies.isEmpty()) {
      lanes.tell(new Mail.Returned(replies));
      replies = new ArrayList<>();
      bytes = 0;
    }
  }

  /** At most so many on the way. */
  private static long bytes(KeyActor.Reply reply) {
    return BYTES_OF_REPLY
        + switch (reply) {
          case KeyActor.Reply.Recorded recorded ->
              (long) BYTES_OF_RESULT * recorded.results().size();
          case KeyActor.Reply.Unknown unknown -> 0;
          case KeyActor.Reply.Failed failed ->
              (long) BYTES_OF_CHARACTER * failed.failure().reason().length();
        };
  }
}
