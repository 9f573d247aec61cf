package io.thalweg.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Tells one watch on another node what happens to keys of this one, in bounded batches: one is
 * under way at a time, and is sent again until it is acknowledged. What happens meanwhile waits in
 * a {@link Subscription}, which leaves out the oldest where there is too much of it. Where the
 * watch is not read there is a pause after each batch.
 *
 * <p>It ends when the watch closes it, or the watch's node is gone.
 */
final class Feed extends AbstractBehavior<Feed.Message> {

  /** What a feed is told. */
  sealed interface Message {

    /**
     * The watch has taken a batch.
     *
     * @param pause nobody reads: send the next one when this comes again without it, or after ten
     *     seconds
     */
    record Ack(long number, boolean pause) implements Message {}

    /** The watch is over. */
    enum Close implements Message {
      INSTANCE
    }

    /** Something waits. */
    enum Wake implements Message {
      INSTANCE
    }

    /** Time to look whether the last batch was acknowledged, and whether a pause is over. */
    enum Tick implements Message {
      INSTANCE
    }

    /** The shards of this node are gone: tell what there is, and end. */
    enum Drain implements Message {
      INSTANCE
    }
  }

  private static final Duration RESEND_AFTER = Duration.ofSeconds(1);
  private static final int PAUSE_TICKS = 10;
  private static final int HAPPENINGS_MAX = 512;
  private static final int BYTES_MAX = 1 << 20;

  /** One alone may be so large; a larger one is skipped. With others it fits in one message. */
  private static final int HAPPENING_BYTES_MAX = 3 << 20;

  private final Watchers watchers;
  private final Subscription subscription;
  private final ActorRef<RemoteWatch.Message> watch;
  private RemoteWatch.Message.@Nullable Batch underWay;
  private boolean unanswered;
  private boolean draining;
  private int pauseTicks;
  private long last;

  static Behavior<Message> create(
      Watchers watchers,
      Interest interest,
      ActorRef<WatchHub.Message> hub,
      ActorRef<RemoteWatch.Message> watch) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Message.Tick.INSTANCE, RESEND_AFTER);
                  return new Feed(context, watchers, interest, hub, watch);
                }));
  }

  private Feed(
      ActorContext<Message> context,
      Watchers watchers,
      Interest interest,
      ActorRef<WatchHub.Message> hub,
      ActorRef<RemoteWatch.Message> watch) {
    super(context);
    this.watchers = watchers;
    this.watch = watch;
    this.subscription = watchers.addForOtherNode(interest);
    ActorRef<Message> self = context.getSelf();
    subscription.onWaiting(() -> self.tell(Message.Wake.INSTANCE));
    context.watchWith(watch, Message.Close.INSTANCE);
    watch.tell(new RemoteWatch.Message.Opened(hub, self));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Message.Ack.class, this::onAck)
        .onMessage(Message.Close.class, close -> Behaviors.stopped())
        .onMessage(Message.Wake.class, wake -> goOn())
        .onMessage(Message.Tick.class, tick -> onTick())
        .onMessage(Message.Drain.class, drain -> onDrain())
        .onSignal(PostStop.class, stopped -> onStopped())
        .build();
  }

  private Behavior<Message> onAck(Message.Ack ack) {
    if (underWay != null && underWay.number() == ack.number()) {
      underWay = null;
    }
    if (ack.number() == last) {
      pauseTicks = ack.pause() ? PAUSE_TICKS : 0;
    }
    return goOn();
  }

  private Behavior<Message> onTick() {
    if (underWay != null && unanswered) {
      watch.tell(underWay);
    }
    unanswered = underWay != null;
    subscription.look();
    if (pauseTicks > 0) {
      pauseTicks--;
    }
    return goOn();
  }

  private Behavior<Message> onDrain() {
    draining = true;
    return goOn();
  }

  private Behavior<Message> onStopped() {
    watchers.remove(subscription);
    return this;
  }

  private Behavior<Message> goOn() {
    if (underWay == null && (pauseTicks == 0 || draining)) {
      List<io.thalweg.wire.v1.Happening> happenings = take();
      if (!happenings.isEmpty()) {
        underWay = new RemoteWatch.Message.Batch(++last, happenings, getContext().getSelf());
        unanswered = false;
        watch.tell(underWay);
      } else if (draining) {
        watch.tell(new RemoteWatch.Message.Ended(getContext().getSelf()));
        return Behaviors.stopped();
      }
    }
    return this;
  }

  private List<io.thalweg.wire.v1.Happening> take() {
    List<io.thalweg.wire.v1.Happening> taken = new ArrayList<>();
    int bytes = 0;
    while (taken.size() < HAPPENINGS_MAX && bytes < BYTES_MAX) {
      Happening next = subscription.take();
      if (next == null) {
        break;
      }
      io.thalweg.wire.v1.Happening message = encode(next);
      taken.add(message);
      bytes += message.getSerializedSize();
    }
    return taken;
  }

  private static io.thalweg.wire.v1.Happening encode(Happening happening) {
    io.thalweg.wire.v1.Happening message = HappeningCodec.encode(happening);
    boolean isTooLarge = message.getSerializedSize() > HAPPENING_BYTES_MAX;
    return isTooLarge && happening instanceof Happening.Changed changed
        ? HappeningCodec.encode(
            new Happening.Skipped(changed.key(), changed.version(), changed.size()))
        : message;
  }
}
