package io.thalweg.results;

import io.grpc.Status;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.v1.WatchRequest;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** What a watch is told: live, and before that, where it asks for it, what the journal holds. */
final class Watches {
  private final RequestChecks checks;
  private final KeyReader reader;
  private final Watchers watchers;

  Watches(RequestChecks checks, KeyReader reader, Watchers watchers) {
    this.checks = checks;
    this.reader = reader;
    this.watchers = watchers;
  }

  /** The source must be run: it has subscribed. */
  Source<Happening, NotUsed> of(WatchRequest request) {
    StreamDefinition definition = checks.definition(request.getStream());
    if (!request.getKey().isEmpty() && !request.getPrefix().isEmpty()) {
      throw RequestChecks.invalid("a watch is of a key or of a prefix, not of both");
    }
    if (request.hasAfterVersion() && request.getKey().isEmpty()) {
      throw RequestChecks.invalid(
          "after_version goes with a key: each key counts its own versions");
    }
    if (!request.hasAfterVersion()) {
      return live(request);
    }
    long after = RequestChecks.notNegative("after_version", request.getAfterVersion());
    StreamKey key = RequestChecks.key(request.getStream(), request.getKey());
    long first = Math.max(after, after + 1); // nothing comes after the largest
    // What happens while the journal is read waits in the subscription, and is told once.
    Source<Happening, NotUsed> live = live(request);
    return reader
        .happenings(key, definition, first, Long.MAX_VALUE, request.getStates())
        .concat(live)
        .statefulMapConcat(() -> new Rising(after));
  }

  /** Subscribes at once: the source must be run, or the subscription would stay. */
  private Source<Happening, NotUsed> live(WatchRequest request) {
    Subscription subscription =
        watchers
            .add(keysOf(request), request.getStates())
            .orElseThrow(
                () ->
                    Status.RESOURCE_EXHAUSTED
                        .withDescription(
                            "this node has " + watchers.max() + " watchers, as many as it may")
                        .asRuntimeException());
    return Source.fromGraph(new WatchSource(watchers, subscription));
  }

  /** Lets through only what is newer than a version and than all before it. */
  private static final class Rising
      implements org.apache.pekko.japi.function.Function<Happening, Iterable<Happening>> {
    private static final long serialVersionUID = 1L;
    private long version;

    Rising(long version) {
      this.version = version;
    }

    @Override
    public Iterable<Happening> apply(Happening happening) {
      if (happening.version() <= version) {
        return List.of();
      }
      version = happening.version();
      return List.of(happening);
    }
  }

  private static Predicate<StreamKey> keysOf(WatchRequest request) {
    String stream = request.getStream();
    if (request.getKey().isEmpty()) {
      String prefix = request.getPrefix();
      return key -> key.stream().equals(stream) && key.key().startsWith(prefix);
    }
    StreamKey watched = RequestChecks.key(stream, request.getKey());
    return watched::equals;
  }
}
