package io.thalweg.node;

import io.thalweg.entity.KeyActor;
import io.thalweg.journal.DueKeys;
import java.time.Duration;
import java.util.List;
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
 * Has silent keys close their windows. It looks into the journal for keys that are due, in memory
 * or not, and asks each to look at its time; the entry goes once the key's answer says so. So
 * nothing keeps a key in memory for its deadline, and no deadline is lost with a node.
 */
final class IdleKeys extends AbstractBehavior<IdleKeys.Message> {

  sealed interface Message {
    /** Time to look. */
    enum Look implements Message {
      INSTANCE
    }

    /** These are due. */
    record Found(List<DueKeys.Due> due) implements Message {}

    /** A key has looked at its time, or has not answered. */
    record Looked(DueKeys.Due due, Optional<KeyActor.Checked> answer) implements Message {}
  }

  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int AT_A_TIME = 256;

  private final DueKeys dueKeys;
  private final ActorRef<ShardingEnvelope<KeyActor.Command>> shards;
  private final LongSupplier clockNanos;
  private int outstanding;

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
      getContext()
          .pipeToSelf(
              dueKeys.due(clockNanos.getAsLong(), AT_A_TIME),
              (due, failure) -> new Message.Found(failure == null ? due : List.of()));
    }
    return this;
  }

  private Behavior<Message> onFound(Message.Found found) {
    outstanding = found.due().size();
    for (DueKeys.Due due : found.due()) {
      getContext()
          .pipeToSelf(
              ask(due), (answer, failure) -> new Message.Looked(due, Optional.ofNullable(answer)));
    }
    return this;
  }

  private Behavior<Message> onLooked(Message.Looked looked) {
    outstanding--;
    Optional<KeyActor.Checked> answer = looked.answer();
    if (answer.isPresent() && !answer.get().next().equals(Optional.of(looked.due().deadline()))) {
      dueKeys.forget(looked.due());
    }
    return this;
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
