package io.thalweg.node;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.thalweg.ingest.IngestService;
import io.thalweg.results.BacktestService;
import io.thalweg.results.QueryService;
import io.thalweg.results.StreamService;
import io.thalweg.rpc.EarlyHeaders;
import io.thalweg.rpc.EndlessCalls;
import io.thalweg.rpc.ReadableRequests;
import io.thalweg.status.StatusService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The gRPC server of a node: our services, health and reflection. */
final class GrpcServer {
  private static final long TRANSPORT_FACTOR = 4;

  private final IngestService ingest;
  private final QueryService query;
  private final BacktestService backtests;
  private final HealthStatusManager health = new HealthStatusManager();
  private final EndlessCalls endless = new EndlessCalls();
  private final GrpcSettings settings;
  private final Server server;

  /** Listens, and says of its health that it is not serving yet. */
  static GrpcServer start(
      GrpcSettings settings,
      IngestService ingest,
      QueryService query,
      StreamService streams,
      StatusService status,
      BacktestService backtests)
      throws NodeStartException {
    GrpcServer server = new GrpcServer(settings, ingest, query, streams, status, backtests);
    try {
      server.server.start();
      return server;
    } catch (IOException failure) {
      throw new NodeStartException(
          "can't listen on %s:%d: %s"
              .formatted(settings.host(), settings.port(), RootMessage.of(failure)),
          failure);
    }
  }

  private GrpcServer(
      GrpcSettings settings,
      IngestService ingest,
      QueryService query,
      StreamService streams,
      StatusService status,
      BacktestService backtests) {
    this.ingest = ingest;
    this.backtests = backtests;
    this.query = query;
    this.settings = settings;
    setServing(false);
    // Nothing in the services blocks, so their calls run on the transport's own threads.
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
            .directExecutor()
            .maxInboundMessageSize(transportBytesMax(settings))
            .maxConcurrentCallsPerConnection(settings.callsPerConnectionMax())
            .permitKeepAliveTime(
                settings.keepalivePermittedEvery().toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(guarded(ingest))
            .addService(withEarlyHeaders(query))
            .addService(guarded(streams))
            .addService(guarded(status))
            .addService(guarded(backtests))
            .addService(endless(health.getHealthService()))
            .addService(endless(ProtoReflectionServiceV1.newInstance()))
            .build();
  }

  private ServerServiceDefinition guarded(BindableService service) {
    return guarded(service.bindService());
  }

  private ServerServiceDefinition guarded(ServerServiceDefinition service) {
    return ReadableRequests.of(service, settings.messageBytesMax());
  }

  private ServerServiceDefinition withEarlyHeaders(BindableService service) {
    return guarded(ServerInterceptors.intercept(service, new EarlyHeaders()));
  }

  private ServerServiceDefinition endless(BindableService service) {
    return ServerInterceptors.intercept(guarded(service), endless);
  }

  /** A message that is too long is refused whole, with a reason; far longer ones are cut off. */
  private static int transportBytesMax(GrpcSettings settings) {
    return (int) Math.min(Integer.MAX_VALUE, TRANSPORT_FACTOR * settings.messageBytesMax());
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getListenSockets().get(0);
  }

  /** Tells whether samples are taken. */
  void setServing(boolean isServing) {
    var status =
        isServing
            ? io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING
            : io.grpc.health.v1.HealthCheckResponse.ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(io.thalweg.v1.IngestServiceGrpc.SERVICE_NAME, status);
  }

  /** Takes no more, answers what is in flight, closes. Blocks for the drain timeout at most. */
  void drain() throws InterruptedException {
    health.enterTerminalState();
    ingest.drain();
    query.drain();
    backtests.drain();
    endless.end();
    server.shutdown();
    if (!server.awaitTermination(settings.drainTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
      server.awaitTermination(1, TimeUnit.SECONDS);
    }
  }
}
