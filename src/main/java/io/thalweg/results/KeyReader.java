package io.thalweg.results;

import io.grpc.Status;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.KeyView;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.entity.KeyActor;
import io.thalweg.entity.KeyFailure;
import io.thalweg.journal.History;
import io.thalweg.journal.VersionedEvent;
import io.thalweg.journal.VersionedSnapshot;
import io.thalweg.rpc.Excerpt;
import io.thalweg.rpc.Statuses;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Reads a key's state: the present one from the key, earlier ones from the journal. Thread-safe.
 */
final class KeyReader {

  private final ActorSystem<?> system;
  private final ActorRef<ShardingEnvelope<KeyActor.Command>> shards;
  private final History history;
  private final Duration timeout;

  KeyReader(
      ActorSystem<?> system,
      ActorRef<ShardingEnvelope<KeyActor.Command>> shards,
      History history,
      Duration timeout) {
    this.system = system;
    this.shards = shards;
    this.history = history;
    this.timeout = timeout;
  }

  /** Fails with NOT_FOUND where the key has never been heard of. */
  CompletionStage<KeyView> now(StreamKey key) {
    // A question may be lost with an actor that stops: it is put again, once.
    return ask(key)
        .exceptionallyCompose(
            failure -> isTimeout(failure) ? ask(key) : CompletableFuture.failedFuture(failure))
        .thenApply(answer -> known(key, answer));
  }

  /** Fails with OUT_OF_RANGE where the key has not come so far. */
  CompletionStage<KeyState> asOf(StreamKey key, StreamDefinition definition, long version) {
    return before(key, definition, version + 1)
        .thenCompose(
            start ->
                history
                    .events(key, start.version() + 1, version)
                    .runFold(start, (state, next) -> state.evolve(next.event()), system))
        .thenApply(state -> reached(key, version, state));
  }

  /**
   * What happened to a key, as the journal has it.
   *
   * @param fromVersion the first version
   * @param toVersion the last version; where the key has not come so far, to its newest
   * @param states with the state after each event
   */
  Source<Happening, NotUsed> happenings(
      StreamKey key,
      StreamDefinition definition,
      long fromVersion,
      long toVersion,
      boolean states) {
    return states
        ? withStates(key, definition, fromVersion, toVersion)
        : history
            .events(key, fromVersion, toVersion)
            .map(next -> happening(key, next, Optional.empty()));
  }

  private Source<Happening, NotUsed> withStates(
      StreamKey key, StreamDefinition definition, long fromVersion, long toVersion) {
    return Source.completionStage(before(key, definition, fromVersion))
        .flatMapConcat(
            start ->
                history
                    .events(key, start.version() + 1, toVersion)
                    .statefulMap(
                        () -> start,
                        (state, next) -> {
                          KeyState after = state.evolve(next.event());
                          return Pair.create(after, happening(key, next, Optional.of(after)));
                        },
                        end -> Optional.empty()))
        .filter(happening -> happening.version() >= fromVersion)
        .mapMaterializedValue(stage -> NotUsed.getInstance());
  }

  private static Happening happening(StreamKey key, VersionedEvent next, Optional<KeyView> state) {
    return new Happening.Changed(key, next.version(), next.event().outcomes(), state);
  }

  /** A state below the version from which the fold can go on: a snapshot, or the empty one. */
  private CompletionStage<KeyState> before(
      StreamKey key, StreamDefinition definition, long version) {
    return history
        .snapshotAtOrBefore(key, version - 1)
        .thenApply(
            snapshot ->
                snapshot
                    .map(VersionedSnapshot::snapshot)
                    .map(KeyState::restore)
                    .orElseGet(() -> KeyState.empty(definition)));
  }

  private CompletionStage<KeyActor.Answer> ask(StreamKey key) {
    return AskPattern.ask(
        shards,
        replyTo -> new ShardingEnvelope<>(key.entityId(), new KeyActor.Command.Query(replyTo)),
        timeout.dividedBy(2),
        system.scheduler());
  }

  private static boolean isTimeout(Throwable failure) {
    return failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException;
  }

  private static KeyView known(StreamKey key, KeyActor.Answer answer) {
    return switch (answer) {
      case KeyActor.Answer.Known known -> {
        if (known.state().version() == 0) {
          throw notFound(key).asRuntimeException();
        }
        yield known.state();
      }
      case KeyActor.Answer.Unreadable unreadable -> throw unreadable(unreadable.failure());
      case KeyActor.Answer.TooLarge tooLarge ->
          throw Status.RESOURCE_EXHAUSTED
              .withDescription(
                  "what is known of '%s' takes %,d bytes, more than nodes tell each other"
                      .formatted(Excerpt.of(key.key()), tooLarge.bytes()))
              .asRuntimeException();
    };
  }

  private static KeyState reached(StreamKey key, long version, KeyState state) {
    if (state.version() == 0) {
      throw notFound(key).asRuntimeException();
    }
    if (state.version() < version) {
      throw Status.OUT_OF_RANGE
          .withDescription(
              "key '%s' has come to version %d, not to %d"
                  .formatted(Excerpt.of(key.key()), state.version(), version))
          .asRuntimeException();
    }
    return state;
  }

  static Status notFound(StreamKey key) {
    return Status.NOT_FOUND.withDescription(
        "there is no key '" + Excerpt.of(key.key()) + "' in stream '" + key.stream() + "'");
  }

  private static RuntimeException unreadable(KeyFailure failure) {
    return failure.damaged()
        ? Status.DATA_LOSS.withDescription(failure.reason()).asRuntimeException()
        : Statuses.unavailable(failure.reason());
  }
}
