package io.thalweg.node;

import io.thalweg.entity.KeyActor;
import io.thalweg.journal.DueKeys;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * Has silent keys close their windows; one does for the whole cluster. It looks into the journal
 * for keys that are due, in memory or not, and asks each to look at its time; the entry goes once
 * the key's answer says so. So nothing keeps a key in memory for its deadline, and no deadline is
 * lost with a node.
 *
 * <p>A key that does not answer, because it is damaged or its shard moves, is left alone for a
 * while that doubles, so that those behind it get their turn.
 */
final class IdleKeys extends AbstractBehavior<IdleKeys.Message> {

  sealed interface Message {
    /** Time to look. */
    enum Look implements Message {
      INSTANCE
    }

    /**
     * These are due.
     *
     * @param all whether that is all of them
     */
    record Found(List<DueKeys.Due> due, boolean all) implements Message {}

    /** A key has looked at its time, or has not answered. */
    record Looked(DueKeys.Due due, Optional<KeyActor.Checked> answer) implements Message {}
  }

  /** Not before a time; the pause before the next attempt is the double of the last. */
  private record Postponed(long untilNanos, Duration pause) {}

  static final Duration EVERY = Duration.ofMillis(500);
  static final Duration PATIENCE = Duration.ofSeconds(5);
  static final Duration PAUSE_MIN = Duration.ofSeconds(10);
  static final int AT_A_TIME = 256;
  private static final Duration PAUSE_MAX = Duration.ofMinutes(10);

  /** Beyond it those that were postponed first are tried again early. */
  private static final int POSTPONED_MAX = 10_000;

  private final DueKeys dueKeys;
  private final ActorRef<ShardingEnvelope<KeyActor.Command>> shards;
  private final LongSupplier clockNanos;
  private final Map<DueKeys.Due, Postponed> postponed = new LinkedHashMap<>();
  private int outstanding;
  private boolean more;

  static Behavior<Message> create(
      DueKeys dueKeys,
      ActorRef<ShardingEnvelope<KeyActor.Command>> shards,
      LongSupplier clockNanos) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Message.Look.INSTANCE, EVERY);
                  return new IdleKeys(context, dueKeys, shards, clockNanos);
                }));
  }

  private IdleKeys(
      ActorContext<Message> context,
      DueKeys dueKeys,
      ActorRef<ShardingEnvelope<KeyActor.Command>> shards,
      LongSupplier clockNanos) {
    super(context);
    this.dueKeys = dueKeys;
    this.shards = shards;
    this.clockNanos = clockNanos;
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Message.Look.class, look -> onLook())
        .onMessage(Message.Found.class, this::onFound)
        .onMessage(Message.Looked.class, this::onLooked)
        .build();
  }

  private Behavior<Message> onLook() {
    if (outstanding == 0) {
      outstanding = 1;
      int limit = AT_A_TIME + postponed.size();
      getContext()
          .pipeToSelf(
              dueKeys.due(clockNanos.getAsLong(), limit),
              (due, failure) ->
                  failure == null
                      ? new Message.Found(due, due.size() < limit)
                      : new Message.Found(List.of(), true));
    }
    return this;
  }

  private Behavior<Message> onFound(Message.Found found) {
    long now = clockNanos.getAsLong();
    List<DueKeys.Due> turn =
        found.due().stream().filter(due -> isItsTurn(due, now)).limit(AT_A_TIME).toList();
    more = !found.all() && !turn.isEmpty();
    outstanding = turn.size();
    for (DueKeys.Due due : turn) {
      getContext()
          .pipeToSelf(
              ask(due), (answer, failure) -> new Message.Looked(due, Optional.ofNullable(answer)));
    }
    return this;
  }

  private boolean isItsTurn(DueKeys.Due due, long now) {
    Postponed until = postponed.get(due);
    return until == null || now >= until.untilNanos();
  }

  private Behavior<Message> onLooked(Message.Looked looked) {
    outstanding--;
    looked
        .answer()
        .ifPresentOrElse(answer -> onAnswer(looked.due(), answer), () -> postpone(looked.due()));
    return outstanding == 0 && more ? onLook() : this;
  }

  private void onAnswer(DueKeys.Due due, KeyActor.Checked answer) {
    if (answer.next().equals(Optional.of(due.deadline()))) {
      postpone(due); // by the key's clock it is not time yet
    } else {
      postponed.remove(due);
      dueKeys.forget(due);
    }
  }

  private void postpone(DueKeys.Due due) {
    Postponed before = postponed.remove(due);
    Duration pause = before == null ? PAUSE_MIN : before.pause().multipliedBy(2);
    pause = pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    if (postponed.size() == POSTPONED_MAX) {
      postponed.remove(postponed.keySet().iterator().next());
    }
    postponed.put(due, new Postponed(clockNanos.getAsLong() + pause.toNanos(), pause));
  }

  private CompletionStage<KeyActor.Checked> ask(DueKeys.Due due) {
    return AskPattern.ask(
        shards,
        replyTo ->
            new ShardingEnvelope<>(due.key().entityId(), new KeyActor.Command.CheckIdle(replyTo)),
        PATIENCE,
        getContext().getSystem().scheduler());
  }
}
