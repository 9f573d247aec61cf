package io.thalweg.results;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.entity.KeyActor;
import io.thalweg.journal.History;
import io.thalweg.rpc.CallSink;
import io.thalweg.rpc.Excerpt;
import io.thalweg.rpc.Statuses;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.ListKeysRequest;
import io.thalweg.v1.ListKeysResponse;
import io.thalweg.v1.QueryServiceGrpc;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Update;
import io.thalweg.v1.WatchRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;

/** Answers what is known of keys over gRPC. Thread-safe. */
public final class QueryService extends QueryServiceGrpc.QueryServiceImplBase {
  private static final int PAGE_SIZE_DEFAULT = 100;

  /** Longer ones are taken by no node, whatever its settings. */
  private static final int KEY_BYTES_MAX = 512;

  private final ActorSystem<?> system;
  private final Map<String, StreamDefinition> streams;
  private final History history;
  private final Watchers watchers;
  private final ResultsSettings settings;
  private final KeyReader reader;
  private final SharedKillSwitch draining = KillSwitches.shared("watches-draining");

  public QueryService(
      ActorSystem<?> system,
      Map<String, StreamDefinition> streams,
      ActorRef<ShardingEnvelope<KeyActor.Command>> shards,
      History history,
      Watchers watchers,
      ResultsSettings settings) {
    this.system = system;
    this.streams = streams;
    this.history = history;
    this.watchers = watchers;
    this.settings = settings;
    this.reader = new KeyReader(system, shards, history, settings.queryTimeout());
  }

  /** Ends the watches with UNAVAILABLE, which tells the watchers to go on elsewhere. */
  public void drain() {
    draining.abort(Statuses.unavailable("this node is shutting down"));
  }

  @Override
  public void getKey(GetKeyRequest request, StreamObserver<KeyState> response) {
    answer(
        response,
        () -> {
          StreamDefinition definition = definition(request.getStream());
          StreamKey key = key(request.getStream(), request.getKey());
          CompletionStage<io.thalweg.domain.key.KeyState> state =
              request.hasVersion()
                  ? reader.asOf(key, definition, positive("version", request.getVersion()))
                  : reader.now(key);
          return state.thenApply(known -> Protos.keyState(key, known));
        });
  }

  @Override
  public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> response) {
    answer(
        response,
        () -> {
          String stream = definition(request.getStream()).name();
          int size = pageSize(request.getPageSize());
          return history
              .keys(stream, request.getPrefix(), request.getPageToken(), size + 1)
              .thenApply(keys -> page(keys, size));
        });
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<Update> response) {
    stream(response, () -> watched(request));
  }

  @Override
  public void readHistory(ReadHistoryRequest request, StreamObserver<Update> response) {
    stream(response, () -> history(request));
  }

  private Source<Happening, NotUsed> watched(WatchRequest request) {
    StreamDefinition definition = definition(request.getStream());
    if (!request.getKey().isEmpty() && !request.getPrefix().isEmpty()) {
      throw invalid("a watch is of a key or of a prefix, not of both");
    }
    if (request.hasAfterVersion() && request.getKey().isEmpty()) {
      throw invalid("after_version goes with a key: each key counts its own versions");
    }
    if (!request.hasAfterVersion()) {
      return live(request);
    }
    long after = notNegative("after_version", request.getAfterVersion());
    StreamKey key = key(request.getStream(), request.getKey());
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
                            "this node has "
                                + settings.watchersMax()
                                + " watchers, as many as it may")
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
    StreamKey watched = key(stream, request.getKey());
    return watched::equals;
  }

  private Source<Happening, NotUsed> history(ReadHistoryRequest request) {
    StreamDefinition definition = definition(request.getStream());
    StreamKey key = key(request.getStream(), request.getKey());
    long from = Math.max(1, notNegative("from_version", request.getFromVersion()));
    long to = notNegative("to_version", request.getToVersion());
    if (to != 0 && to < from) {
      throw invalid("to_version " + to + " is below from_version " + from);
    }
    return Source.completionStage(history.highestVersion(key))
        .flatMapConcat(
            highest -> {
              if (highest.isEmpty()) {
                throw KeyReader.notFound(key).asRuntimeException();
              }
              return reader.happenings(
                  key, definition, from, to == 0 ? Long.MAX_VALUE : to, request.getStates());
            })
        .mapMaterializedValue(stage -> NotUsed.getInstance());
  }

  private StreamDefinition definition(String stream) {
    if (stream.isEmpty()) {
      throw invalid("the request names no stream");
    }
    StreamDefinition definition = streams.get(stream);
    if (definition == null) {
      throw Status.NOT_FOUND
          .withDescription("there is no stream '" + Excerpt.of(stream) + "'")
          .asRuntimeException();
    }
    return definition;
  }

  private static StreamKey key(String stream, String key) {
    if (key.isEmpty()) {
      throw invalid("the request names no key");
    }
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > KEY_BYTES_MAX) {
      throw invalid(
          "the key '%s' is %,d bytes long in UTF-8, and no key is longer than %,d"
              .formatted(Excerpt.of(key), bytes, KEY_BYTES_MAX));
    }
    return new StreamKey(stream, key);
  }

  private int pageSize(int asked) {
    if (asked < 0 || asked > settings.pageSizeMax()) {
      throw invalid(
          "a page holds 1 to %d keys: %s"
              .formatted(settings.pageSizeMax(), Integer.toUnsignedString(asked)));
    }
    return asked == 0 ? Math.min(PAGE_SIZE_DEFAULT, settings.pageSizeMax()) : asked;
  }

  private static ListKeysResponse page(List<String> keys, int size) {
    ListKeysResponse.Builder page = ListKeysResponse.newBuilder();
    if (keys.size() > size) {
      page.addAllKeys(keys.subList(0, size)).setNextPageToken(keys.get(size - 1));
    } else {
      page.addAllKeys(keys);
    }
    return page.build();
  }

  private static long positive(String name, long value) {
    if (value == 0) {
      throw invalid(name + " is counted from 1: 0");
    }
    return notNegative(name, value);
  }

  private static long notNegative(String name, long value) {
    if (value < 0) {
      throw invalid(name + " is at most 2^63 - 1: " + Long.toUnsignedString(value));
    }
    return value;
  }

  private static StatusRuntimeException invalid(String message) {
    return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
  }

  private static <T> void answer(StreamObserver<T> response, Supplier<CompletionStage<T>> answer) {
    CompletableFuture.completedFuture(answer)
        .thenCompose(Supplier::get)
        .whenComplete(
            (message, failure) -> {
              if (failure == null) {
                response.onNext(message);
                response.onCompleted();
              } else {
                response.onError(Statuses.of(failure));
              }
            });
  }

  private void stream(
      StreamObserver<Update> response, Supplier<Source<Happening, NotUsed>> source) {
    ServerCallStreamObserver<Update> call = (ServerCallStreamObserver<Update>) response;
    try {
      Pair<UniqueKillSwitch, Runnable> running =
          source
              .get()
              .via(draining.flow())
              .mapConcat(Happening::updates)
              .viaMat(KillSwitches.single(), Keep.right())
              .toMat(new CallSink<>(call), Keep.both())
              .run(system);
      call.setOnReadyHandler(running.second());
      call.setOnCancelHandler(running.first()::shutdown);
    } catch (StatusRuntimeException refused) {
      call.onError(refused);
    }
  }
}
