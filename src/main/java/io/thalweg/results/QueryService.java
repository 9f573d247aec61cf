package io.thalweg.results;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.thalweg.domain.key.KeyView;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.entity.KeyActor;
import io.thalweg.journal.History;
import io.thalweg.rpc.CallSink;
import io.thalweg.rpc.EarlyHeaders;
import io.thalweg.rpc.Statuses;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.ListKeysRequest;
import io.thalweg.v1.ListKeysResponse;
import io.thalweg.v1.QueryServiceGrpc;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Update;
import io.thalweg.v1.WatchRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;

/** Answers what is known of keys over gRPC. Thread-safe. */
public final class QueryService extends QueryServiceGrpc.QueryServiceImplBase {
  private static final int PAGE_SIZE_DEFAULT = 100;

  private final ActorSystem<?> system;
  private final History history;
  private final ResultsSettings settings;
  private final RequestChecks checks;
  private final KeyReader reader;
  private final Watches watches;
  private final SharedKillSwitch draining = KillSwitches.shared("watches-draining");

  public QueryService(
      ActorSystem<?> system,
      Map<String, StreamDefinition> streams,
      ActorRef<ShardingEnvelope<KeyActor.Command>> shards,
      History history,
      Watchers watchers,
      ResultsSettings settings) {
    this.system = system;
    this.history = history;
    this.settings = settings;
    this.checks = new RequestChecks(streams);
    this.reader = new KeyReader(system, shards, history, settings.queryTimeout());
    this.watches = new Watches(system, checks, reader, history, watchers);
  }

  /** The keys of this node are gone to others: what they have done is told before it goes, too. */
  public CompletionStage<Done> leave() {
    return watches.leave();
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
          StreamDefinition definition = checks.definition(request.getStream());
          StreamKey key = RequestChecks.key(request.getStream(), request.getKey());
          CompletionStage<? extends KeyView> state =
              request.hasVersion()
                  ? reader.asOf(
                      key, definition, RequestChecks.positive("version", request.getVersion()))
                  : reader.now(key);
          return state.thenApply(known -> Protos.keyState(key, known));
        });
  }

  @Override
  public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> response) {
    answer(
        response,
        () -> {
          String stream = checks.definition(request.getStream()).name();
          int size = pageSize(request.getPageSize());
          return history
              .keys(stream, request.getPrefix(), request.getPageToken(), size + 1)
              .thenApply(keys -> page(keys, size));
        });
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<Update> response) {
    Runnable headers = EarlyHeaders.ofCurrentCall();
    stream(response, () -> watches.of(request, headers), UnreadLimit.of(settings.watchUnreadMax()));
  }

  @Override
  public void readHistory(ReadHistoryRequest request, StreamObserver<Update> response) {
    stream(response, () -> history(request), Flow.create());
  }

  private Source<Happening, NotUsed> history(ReadHistoryRequest request) {
    StreamDefinition definition = checks.definition(request.getStream());
    StreamKey key = RequestChecks.key(request.getStream(), request.getKey());
    long from = RequestChecks.notNegative("from_version", request.getFromVersion());
    long to = RequestChecks.notNegative("to_version", request.getToVersion());
    if (to != 0 && to < from) {
      throw RequestChecks.invalid("to_version " + to + " is below from_version " + from);
    }
    return Source.completionStage(history.kept(key))
        .flatMapConcat(
            kept -> {
              if (kept.isEmpty()) {
                throw KeyReader.notFound(key).asRuntimeException();
              }
              long first = from == 0 ? first(kept.get(), request.getStates()) : from;
              return reader.happenings(
                  key, definition, first, to == 0 ? Long.MAX_VALUE : to, request.getStates());
            })
        .mapMaterializedValue(stage -> NotUsed.getInstance());
  }

  /** The first that can be told. */
  private static long first(History.Kept kept, boolean states) {
    return states ? kept.firstState() + 1 : kept.firstEvent();
  }

  private int pageSize(int asked) {
    if (asked < 0 || asked > settings.pageSizeMax()) {
      throw RequestChecks.invalid(
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
      StreamObserver<Update> response,
      Supplier<Source<Happening, NotUsed>> source,
      Flow<Update, Update, NotUsed> limit) {
    ServerCallStreamObserver<Update> call = (ServerCallStreamObserver<Update>) response;
    try {
      Pair<UniqueKillSwitch, Runnable> running =
          source
              .get()
              .via(draining.flow())
              .mapConcat(Happening::updates)
              .via(limit)
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
