package io.thalweg.results;

import io.grpc.Status;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.journal.History;
import io.thalweg.v1.WatchRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.stream.javadsl.Source;

/**
 * What a watch is told: live, of keys on any node, and before that, where it asks for it, what the
 * journal holds. Thread-safe.
 */
final class Watches {
  private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(1);

  private final ActorSystem<?> system;
  private final RequestChecks checks;
  private final KeyReader reader;
  private final History history;
  private final Watchers watchers;
  private final ActorRef<WatchHub.Message> hub;
  private final AtomicLong lastNumber = new AtomicLong();

  Watches(
      ActorSystem<?> system,
      RequestChecks checks,
      KeyReader reader,
      History history,
      Watchers watchers) {
    this.system = system;
    this.checks = checks;
    this.reader = reader;
    this.history = history;
    this.watchers = watchers;
    this.hub = system.systemActorOf(WatchHub.create(watchers), "watch-hub", Props.empty());
  }

  /**
   * The source must be run: it has subscribed. It begins when all nodes that can be reached tell
   * what happens there.
   *
   * @param onBegin run when what happens from then on will be told
   */
  Source<Happening, NotUsed> of(WatchRequest request, Runnable onBegin) {
    StreamDefinition definition = checks.definition(request.getStream());
    if (!request.getKey().isEmpty() && !request.getPrefix().isEmpty()) {
      throw RequestChecks.invalid("a watch is of a key or of a prefix, not of both");
    }
    if (!request.getKey().isEmpty()) {
      return ofKey(request, definition, onBegin);
    }
    if (request.hasAfterVersion()) {
      throw RequestChecks.invalid(
          "after_version goes with a key: each key counts its own versions");
    }
    Interest interest =
        new Interest.Prefix(request.getStream(), request.getPrefix(), request.getStates());
    return subscribe(
        interest, CompletableFuture.completedFuture(0L), onBegin, (some, live) -> live);
  }

  private Source<Happening, NotUsed> ofKey(
      WatchRequest request, StreamDefinition definition, Runnable onBegin) {
    StreamKey key = RequestChecks.key(request.getStream(), request.getKey());
    CompletionStage<Long> after =
        request.hasAfterVersion()
            ? CompletableFuture.completedFuture(
                RequestChecks.notNegative("after_version", request.getAfterVersion()))
            : history.highestVersion(key).thenApply(highest -> highest.orElse(0));
    KeyCursor.Journal journal =
        (from, to) -> reader.happenings(key, definition, from, to, request.getStates());
    return subscribe(
        new Interest.OneKey(key, request.getStates()),
        after,
        onBegin,
        (version, live) -> new KeyCursor(journal, version).follow(live));
  }

  /** This node leaves, and its shards are gone: what they have done is told before it goes. */
  CompletionStage<Done> leave() {
    return AskPattern.ask(hub, WatchHub.Message.Leave::new, LEAVE_TIMEOUT, system.scheduler());
  }

  /** Makes of what is live, and of the version after which it begins, what is told. */
  private interface Telling {
    Source<Happening, NotUsed> of(long version, Source<Happening, NotUsed> live);
  }

  private Source<Happening, NotUsed> subscribe(
      Interest interest, CompletionStage<Long> after, Runnable onBegin, Telling telling) {
    Subscription subscription =
        watchers
            .add(interest)
            .orElseThrow(
                () ->
                    Status.RESOURCE_EXHAUSTED
                        .withDescription(
                            "this node has " + watchers.max() + " watchers, as many as it may")
                        .asRuntimeException());
    CompletableFuture<Done> begun = new CompletableFuture<>();
    ActorRef<RemoteWatch.Message> elsewhere =
        system.systemActorOf(
            RemoteWatch.create(interest, subscription, hub, begun),
            "watch-" + lastNumber.incrementAndGet(),
            Props.empty());
    CompletionStage<Source<Happening, NotUsed>> begins =
        begun.thenCombine(
            after,
            (done, version) -> {
              onBegin.run();
              return telling.of(version, Source.fromGraph(new WatchSource(subscription)));
            });
    return Source.completionStageSource(begins)
        .watchTermination(
            (some, end) -> {
              end.whenComplete(
                  (done, failure) -> {
                    watchers.removeOwn(subscription);
                    elsewhere.tell(RemoteWatch.Message.End.INSTANCE);
                  });
              return NotUsed.getInstance();
            });
  }
}
