package io.thalweg.entity;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.KeyView;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.StreamKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * One key of a stream: a sharded persistent actor. It does not decide anything itself, {@link
 * KeyState} does; it journals what was decided, and replies once that is durable.
 *
 * <p>A key whose journal can't be read answers every command with {@link Reply.Failed} for a while
 * ({@link Quarantine}) and then tries again.
 */
public final class KeyActor
    extends EventSourcedBehaviorWithEnforcedReplies<KeyActor.Command, Fact, KeyState> {

  /** What a key can be told. */
  public sealed interface Command {

    /**
     * Count these batches. Safe to send again with the same number: batches of a numbered producer
     * are counted once.
     *
     * @param delivery the sender's number for this delivery, repeated in the reply
     * @param batches in order of arrival
     * @param replyTo told {@link Reply.Recorded} when all is durable
     */
    record Record(long delivery, List<KeyBatch> batches, ActorRef<Reply> replyTo)
        implements Command {}

    /** Tell what is known of the key. */
    record Query(ActorRef<Answer> replyTo) implements Command {}

    /**
     * Said by a key in quarantine to itself: time to leave, so that the next command tries anew.
     */
    enum Retry implements Command {
      INSTANCE
    }

    /** Close what waits for time to go on, if no sample has come for the stream's idle timeout. */
    record CheckIdle(ActorRef<Checked> replyTo) implements Command {}

    /** Leave memory; the shard sends it once it will send nothing more. */
    enum Stop implements Command {
      INSTANCE
    }

    /** Said by a key that is to stop to itself: by now all is done that had come to it before. */
    enum Leave implements Command {
      INSTANCE
    }
  }

  /** What a key replies to {@link Command.Record}. */
  public sealed interface Reply {

    /** Of the command that this answers. */
    long delivery();

    /** All is durable. The results are in the order of the batches. */
    record Recorded(long delivery, List<BatchResult> results) implements Reply {}

    /**
     * The journal did not confirm, or rejected the write: the batches may be stored or not, and may
     * be sent again.
     */
    record Unknown(long delivery) implements Reply {}

    /** Nothing was stored, the key can't be read. */
    record Failed(long delivery, KeyFailure failure) implements Reply {}
  }

  /**
   * What a key replies to {@link Command.CheckIdle}, once what it caused is durable.
   *
   * @param next when it is to be looked at again; empty: no need
   */
  public record Checked(Optional<IdleDeadline> next) {}

  /** What a key replies to {@link Command.Query}. */
  public sealed interface Answer {

    /** What is known; its version is 0 where the key has never been heard of. */
    record Known(KeyView state) implements Answer {}

    /** More is known than a message to another node holds. */
    record TooLarge(long bytes) implements Answer {}

    /** The key can't be read. */
    record Unreadable(KeyFailure failure) implements Answer {}
  }

  /** Hears what happens to keys, after it is durable. */
  @FunctionalInterface
  public interface Publication {

    /** Called on the key's own thread, in the order of its versions; must not block. */
    void happened(StreamKey key, KeyEvent event, KeyState after);
  }

  /** Under this name the keys are sharded. */
  public static final EntityTypeKey<Command> TYPE_KEY =
      EntityTypeKey.create(Command.class, "stream-key");

  private final String entityId;
  private final StreamKey key;
  private final ActorRef<Command> self;
  private final Keys keys;
  private Command.@Nullable Record persisting;
  private Optional<IdleDeadline> deadline = Optional.empty(); // stored by this incarnation

  /** Makes the keys known to sharding: from then on any of them can be sent commands. */
  public static ActorRef<ShardingEnvelope<Command>> init(ClusterSharding sharding, Keys keys) {
    return sharding.init(
        Entity.of(TYPE_KEY, context -> create(context, keys))
            .withMessageExtractor(new ByShard(keys.shards()))
            .withStopMessage(Command.Stop.INSTANCE));
  }

  static Behavior<Command> create(EntityContext<Command> context, Keys keys) {
    String entityId = context.getEntityId();
    return Behaviors.setup(
        key -> {
          // The shard of the context is one for all: the key's parent is its own shard's actor.
          ActorRef<Void> life = Adapter.toTyped(Adapter.toClassic(key).parent());
          keys.hosting().hosted(keys.shards().of(entityId), life);
          return create(entityId, context.getShard(), keys);
        });
  }

  /**
   * A write that fails stops the key. One that does not follow what is stored does: another writer
   * was faster, here or on another node, and what the key has in memory is not what is stored. It
   * recovers with the next command; the journal tells why, once for all.
   */
  static Behavior<Command> create(
      String entityId, ActorRef<ClusterSharding.ShardCommand> shard, Keys keys) {
    Optional<KeyFailure> failure = keys.quarantine().failureOf(entityId);
    return failure.isPresent()
        ? Quarantine.behavior(entityId, failure.get(), shard, keys)
        : Behaviors.setup(
            key -> {
              keys.active().add(entityId, key.getSelf());
              return new KeyActor(entityId, key.getSelf(), keys);
            });
  }

  private KeyActor(String entityId, ActorRef<Command> self, Keys keys) {
    super(PersistenceId.ofUniqueId(entityId));
    this.entityId = entityId;
    this.key = StreamKey.parse(entityId);
    this.self = self;
    this.keys = keys;
  }

  @Override
  public KeyState emptyState() {
    return KeyState.empty(definition());
  }

  @Override
  public CommandHandlerWithReply<Command, Fact, KeyState> commandHandler() {
    return (state, command) ->
        switch (command) {
          case Command.Record record -> onRecord(state, record);
          case Command.Query query -> Effect().reply(query.replyTo(), new Answer.Known(state));
          case Command.CheckIdle check -> onCheckIdle(state, check);
          case Command.Retry retry -> Effect().noReply();
          case Command.Stop stop -> onStop();
          case Command.Leave leave -> Effect().stop().thenNoReply();
        };
  }

  @Override
  public EventHandler<KeyState, Fact> eventHandler() {
    return Fact::foldInto;
  }

  private ReplyEffect<Fact, KeyState> onRecord(KeyState state, Command.Record record) {
    Decision decision = state.decide(definition(), record.batches(), keys.clockNanos().getAsLong());
    Reply reply = new Reply.Recorded(record.delivery(), decision.results());
    if (decision.event().isEmpty()) {
      return Effect().reply(record.replyTo(), reply);
    }
    KeyEvent event = decision.event().get();
    persisting = record;
    return Effect()
        .persist(Fact.decided(event, decision.after(), tags(decision.after())))
        .thenReply(
            record.replyTo(),
            after -> {
              onDurable(event, after);
              return reply;
            });
  }

  private ReplyEffect<Fact, KeyState> onCheckIdle(KeyState state, Command.CheckIdle check) {
    Decision decision = state.decideIdle(definition(), keys.clockNanos().getAsLong());
    if (decision.event().isEmpty()) {
      return Effect().reply(check.replyTo(), new Checked(state.idleDeadline(definition())));
    }
    KeyEvent event = decision.event().get();
    return Effect()
        .persist(Fact.decided(event, decision.after(), tags(decision.after())))
        .thenReply(
            check.replyTo(),
            after -> {
              onDurable(event, after);
              return new Checked(after.idleDeadline(definition()));
            });
  }

  /** What comes past the shard has come, or is sent again. */
  private ReplyEffect<Fact, KeyState> onStop() {
    keys.active().remove(entityId, self);
    self.tell(Command.Leave.INSTANCE);
    return Effect().noReply();
  }

  /** Names the idle deadline where it is another than the one that was stored last. */
  private Set<String> tags(KeyState after) {
    Optional<IdleDeadline> before = deadline;
    deadline = after.idleDeadline(definition());
    return deadline.isEmpty() || deadline.equals(before) ? Set.of() : Set.of(deadline.get().tag());
  }

  @Override
  public Set<String> tagsFor(Fact fact) {
    return fact.tags();
  }

  private void onDurable(KeyEvent event, KeyState after) {
    persisting = null;
    keys.publication().happened(key, event, after);
  }

  @Override
  public SignalHandler<KeyState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryFailed.class, (state, failed) -> onRecoveryFailed(failed.getFailure()))
        .onSignal(PostStop.instance(), state -> onStopped())
        .build();
  }

  private void onRecoveryFailed(Throwable failure) {
    keys.active().remove(entityId, self);
    keys.quarantine().add(entityId, failure);
  }

  /** A write that failed stops the actor: whoever waits for it learns so at once. */
  private void onStopped() {
    keys.active().remove(entityId, self);
    Command.Record record = persisting;
    if (record != null) {
      record.replyTo().tell(new Reply.Unknown(record.delivery()));
    }
  }

  @Override
  public boolean shouldSnapshot(KeyState state, Fact event, long sequenceNr) {
    return sequenceNr % keys.settings().snapshotEveryEvents() == 0;
  }

  @Override
  public EventAdapter<Fact, Object> eventAdapter() {
    return Fact.ADAPTER;
  }

  @Override
  public SnapshotAdapter<KeyState> snapshotAdapter() {
    return KeyStateAdapter.INSTANCE;
  }

  private StreamDefinition definition() {
    return keys.definitions().apply(key.stream());
  }
}
