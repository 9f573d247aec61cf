package io.thalweg.results;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.journal.History;
import io.thalweg.rpc.CallSink;
import io.thalweg.rpc.Statuses;
import io.thalweg.v1.BacktestRequest;
import io.thalweg.v1.BacktestServiceGrpc;
import io.thalweg.v1.BacktestUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Runs backtests over the journal for clients. Each is one stream on threads of its own, which
 * reads no faster than it may fold and ends with its call. Keys are not asked: what they do
 * meanwhile goes on. Thread-safe.
 */
public final class BacktestService extends BacktestServiceGrpc.BacktestServiceImplBase {
  private static final int SETTINGS_MAX = 100;
  private static final int KEYS_MAX = 1_000;

  private final ActorSystem<?> system;
  private final RequestChecks checks;
  private final Changes changes;
  private final History history;
  private final BacktestSettings settings;
  private final Semaphore free;
  private final SharedKillSwitch draining = KillSwitches.shared("backtests-draining");

  /** Changes a stream's definition. Called by any thread. */
  public interface Changes {
    /**
     * The definition with some settings changed.
     *
     * @param settings each {@code SETTING=VALUE}
     * @throws IllegalArgumentException that says what is wrong with them
     */
    StreamDefinition of(String stream, List<String> settings);
  }

  public BacktestService(
      ActorSystem<?> system,
      Map<String, StreamDefinition> streams,
      Changes changes,
      History history,
      BacktestSettings settings) {
    this.system = system;
    this.checks = new RequestChecks(streams);
    this.changes = changes;
    this.history = history;
    this.settings = settings;
    free = new Semaphore(settings.concurrentMax());
  }

  /** Ends what runs with UNAVAILABLE. */
  public void drain() {
    draining.abort(Statuses.unavailable("this node is shutting down"));
  }

  @Override
  public void runBacktest(BacktestRequest request, StreamObserver<BacktestUpdate> response) {
    ServerCallStreamObserver<BacktestUpdate> call =
        (ServerCallStreamObserver<BacktestUpdate>) response;
    try {
      Source<BacktestUpdate, NotUsed> updates = updates(request);
      if (!free.tryAcquire()) {
        throw Status.RESOURCE_EXHAUSTED
            .withDescription(
                "%d backtests run on this node, and more may not (thalweg.backtest.concurrent-max)"
                    .formatted(settings.concurrentMax()))
            .asRuntimeException();
      }
      run(updates, call);
    } catch (StatusRuntimeException refused) {
      call.onError(refused);
    }
  }

  private void run(
      Source<BacktestUpdate, NotUsed> updates, ServerCallStreamObserver<BacktestUpdate> call) {
    Pair<UniqueKillSwitch, Runnable> running =
        updates
            .via(draining.flow())
            .watchTermination(
                (ignored, end) -> {
                  end.whenComplete((done, failure) -> free.release());
                  return ignored;
                })
            .viaMat(KillSwitches.single(), Keep.right())
            .toMat(new CallSink<>(call), Keep.both())
            .withAttributes(ActorAttributes.dispatcher(BacktestSettings.DISPATCHER))
            .run(system);
    call.setOnReadyHandler(running.second());
    call.setOnCancelHandler(running.first()::shutdown);
  }

  private Source<BacktestUpdate, NotUsed> updates(BacktestRequest request) {
    StreamDefinition definition = checks.definition(request.getStream());
    Optional<StreamDefinition> other = other(request);
    requireKeys(request);
    BacktestReader reader =
        new BacktestReader(
            history,
            definition,
            request.getKeysList().stream().distinct().toList(),
            request.getPrefix());
    return reader
        .count()
        .flatMapConcat(
            keys ->
                Source.single(BacktestProtos.begun(other, keys))
                    .concat(fold(reader, new BacktestFold(other, keys, settings))));
  }

  private Source<BacktestUpdate, NotUsed> fold(BacktestReader reader, BacktestFold fold) {
    return reader
        .steps()
        .throttle(
            settings.eventsPerSecondMax(),
            Duration.ofSeconds(1),
            step -> BacktestFold.cost(step, settings))
        .mapConcat(fold::next);
  }

  private Optional<StreamDefinition> other(BacktestRequest request) {
    if (request.getSettingsCount() == 0) {
      return Optional.empty();
    }
    if (request.getSettingsCount() > SETTINGS_MAX) {
      throw RequestChecks.invalid(
          "at most %d settings can be changed: %d"
              .formatted(SETTINGS_MAX, request.getSettingsCount()));
    }
    StreamDefinition changed = changed(request);
    if (changed.detector().isEmpty()) {
      throw RequestChecks.invalid(
          "the stream '%s' has no detector: set one, like detector.surprise={}"
              .formatted(changed.name()));
    }
    return Optional.of(changed);
  }

  private StreamDefinition changed(BacktestRequest request) {
    try {
      return changes.of(request.getStream(), request.getSettingsList());
    } catch (IllegalArgumentException wrong) {
      throw RequestChecks.invalid(String.valueOf(wrong.getMessage()));
    }
  }

  private static void requireKeys(BacktestRequest request) {
    if (request.getKeysCount() > KEYS_MAX) {
      throw RequestChecks.invalid(
          "at most %,d keys can be named: %,d".formatted(KEYS_MAX, request.getKeysCount()));
    }
    if (request.getKeysCount() > 0 && !request.getPrefix().isEmpty()) {
      throw RequestChecks.invalid("there are both keys and a prefix; one of them says it all");
    }
    request.getKeysList().forEach(key -> RequestChecks.key(request.getStream(), key));
  }
}
