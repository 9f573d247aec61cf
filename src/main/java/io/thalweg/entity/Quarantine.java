package io.thalweg.entity;

import io.thalweg.domain.key.DamagedJournalException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/**
 * The keys of this node that could not be recovered.
 *
 * <p>A recovery that fails stops the key's actor. The next command makes a new one, and that one
 * does not read the journal again at once: for the length of the backoff it answers each command
 * with the failure, then it leaves, and the command after that tries anew. So a damaged key costs
 * one read per backoff however often it is sent to, and whoever sends to it learns why it fails.
 *
 * <p>Thread-safe.
 */
public final class Quarantine {
  private final ConcurrentMap<String, KeyFailure> failures = new ConcurrentHashMap<>();

  void add(String entityId, Throwable cause) {
    failures.put(entityId, failure(entityId, cause));
  }

  Optional<KeyFailure> failureOf(String entityId) {
    return Optional.ofNullable(failures.get(entityId));
  }

  private static KeyFailure failure(String entityId, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && !(root instanceof DamagedJournalException)) {
      root = root.getCause();
    }
    return root instanceof DamagedJournalException
        ? new KeyFailure(true, String.valueOf(root.getMessage()))
        : new KeyFailure(
            false, "the journal of " + entityId + " could not be read: " + root.getMessage());
  }

  /** Answers commands with the failure until the backoff has passed. */
  static Behavior<KeyActor.Command> behavior(
      String entityId,
      KeyFailure failure,
      ActorRef<ClusterSharding.ShardCommand> shard,
      Keys keys) {
    return Behaviors.setup(
        context -> {
          log(context, failure);
          context.scheduleOnce(
              failure.damaged()
                  ? keys.settings().recoveryBackoff()
                  : keys.settings().unavailableBackoff(),
              context.getSelf(),
              KeyActor.Command.Retry.INSTANCE);
          return Behaviors.receiveMessage(
              command -> keys.quarantine().answer(command, entityId, failure, shard, context));
        });
  }

  /** Damage is one key's own. A journal that does not answer says so itself, and once for all. */
  private static void log(ActorContext<?> context, KeyFailure failure) {
    if (failure.damaged()) {
      context.getLog().error("{}; it is tried again later", failure.reason());
    } else {
      context.getLog().debug("{}; it is tried again later", failure.reason());
    }
  }

  private Behavior<KeyActor.Command> answer(
      KeyActor.Command command,
      String entityId,
      KeyFailure failure,
      ActorRef<ClusterSharding.ShardCommand> shard,
      ActorContext<KeyActor.Command> context) {
    switch (command) {
      case KeyActor.Command.Record record ->
          record.replyTo().tell(new KeyActor.Reply.Failed(record.delivery(), failure));
      case KeyActor.Command.Query query ->
          query.replyTo().tell(new KeyActor.Answer.Unreadable(failure));
      case KeyActor.Command.CheckIdle check -> {} // asked again later
      case KeyActor.Command.Retry retry -> {
        failures.remove(entityId);
        shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
      }
      case KeyActor.Command.Stop stop -> {
        return Behaviors.stopped();
      }
      case KeyActor.Command.Leave leave -> {} // it is not one of the active keys
    }
    return Behaviors.same();
  }
}
