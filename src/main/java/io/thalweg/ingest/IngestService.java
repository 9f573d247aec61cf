package io.thalweg.ingest;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.route.Caller;
import io.thalweg.route.Router;
import io.thalweg.rpc.CallSink;
import io.thalweg.rpc.CallSource;
import io.thalweg.rpc.RequestBytes;
import io.thalweg.rpc.Statuses;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.IngestServiceGrpc;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Takes samples over gRPC. Thread-safe.
 *
 * <p>Requests come to it as bytes: they are many and large, and what protobuf would make of them
 * costs more than all else that is done to them here.
 */
public final class IngestService implements BindableService {
  private static final MethodDescriptor<byte[], IngestResponse> INGEST =
      RequestBytes.of(IngestServiceGrpc.getIngestMethod());
  private static final MethodDescriptor<byte[], IngestResponse> INGEST_BATCH =
      RequestBytes.of(IngestServiceGrpc.getIngestBatchMethod());
  private static final Decoded SHUTTING_DOWN =
      new Decoded.Invalid(Statuses.unavailable("this node is shutting down"));

  private static final Attributes DISPATCHER =
      ActorAttributes.dispatcher("thalweg.edge-dispatcher");

  private final ActorSystem<?> system;
  private final Router router;
  private final Map<String, StreamDefinition> streams;
  private final IngestSettings settings;
  private final LongSupplier clockNanos;
  private final SharedKillSwitch draining = KillSwitches.shared("ingest-draining");
  private volatile boolean isDraining;

  /**
   * @param streams the definitions by name
   * @param clockNanos the server's clock, nanoseconds since 1970
   */
  public IngestService(
      ActorSystem<?> system,
      Router router,
      Map<String, StreamDefinition> streams,
      IngestSettings settings,
      LongSupplier clockNanos) {
    this.system = system;
    this.router = router;
    this.streams = streams;
    this.settings = settings;
    this.clockNanos = clockNanos;
  }

  /**
   * Takes no more requests; those that were read are answered, and then their calls end with
   * UNAVAILABLE, which tells the producer to go on elsewhere.
   */
  public void drain() {
    isDraining = true;
    draining.shutdown();
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder(
            ServiceDescriptor.newBuilder(IngestServiceGrpc.SERVICE_NAME)
                .setSchemaDescriptor(IngestServiceGrpc.getServiceDescriptor().getSchemaDescriptor())
                .addMethod(INGEST)
                .addMethod(INGEST_BATCH)
                .build())
        .addMethod(INGEST, ServerCalls.asyncBidiStreamingCall(this::ingest))
        .addMethod(INGEST_BATCH, ServerCalls.asyncUnaryCall(this::ingestBatch))
        .build();
  }

  private StreamObserver<byte[]> ingest(StreamObserver<IngestResponse> responses) {
    ServerCallStreamObserver<IngestResponse> call =
        (ServerCallStreamObserver<IngestResponse>) responses;
    call.disableAutoRequest();
    RequestDecoder decoder = decoder(INGEST);
    Caller caller = router.caller();
    Pair<StreamObserver<byte[]>, Runnable> ends =
        Source.fromGraph(new CallSource<byte[]>(call))
            .viaMat(draining.flow(), Keep.left())
            .map(decoder::decode)
            .concatLazy(Source.lazySource(this::endOfRequests))
            .mapAsync(1, decoded -> admit(decoded, caller))
            .mapAsync(router.batchesInFlightPerCallMax(), Pending::answer)
            .map(Supplier::get)
            .toMat(new CallSink<>(call), Keep.both())
            .withAttributes(DISPATCHER)
            .run(system);
    call.setOnReadyHandler(ends.second());
    return ends.first();
  }

  private void ingestBatch(byte[] request, StreamObserver<IngestResponse> responses) {
    Decoded decoded = isDraining ? SHUTTING_DOWN : decoder(INGEST_BATCH).decode(request);
    CompletionStage<IngestResponse> response =
        admit(decoded, router.caller()).thenCompose(Pending::answer).thenApply(Supplier::get);
    response.whenComplete(
        (answer, failure) -> {
          if (failure == null) {
            responses.onNext(answer);
            responses.onCompleted();
          } else {
            responses.onError(Statuses.of(failure));
          }
        });
  }

  private RequestDecoder decoder(MethodDescriptor<?, ?> method) {
    return new RequestDecoder(method.getFullMethodName(), streams, settings, clockNanos);
  }

  /** Behind the last request: nothing where the client has ended the call. */
  private Source<Decoded, NotUsed> endOfRequests() {
    return isDraining ? Source.single(SHUTTING_DOWN) : Source.empty();
  }

  private static CompletionStage<Pending> admit(Decoded decoded, Caller caller) {
    return switch (decoded) {
      case Decoded.Valid valid ->
          caller
              .admit(valid.batch())
              .thenApply(
                  admission ->
                      new Pending(
                          admission
                              .result()
                              .thenApply(result -> () -> Responses.response(valid, result))));
      case Decoded.Invalid invalid ->
          CompletableFuture.completedFuture(
              new Pending(
                  CompletableFuture.completedFuture(
                      () -> {
                        throw invalid.status();
                      })));
    };
  }

  /**
   * A request whose batch has found room. Its answer throws the status that the call is to fail
   * with, and does so when its turn has come: the requests before it are answered first.
   */
  private record Pending(CompletionStage<Supplier<IngestResponse>> answer) {}
}
