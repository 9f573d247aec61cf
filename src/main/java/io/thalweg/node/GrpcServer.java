package io.thalweg.node;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.thalweg.ingest.IngestService;
import io.thalweg.results.QueryService;
import io.thalweg.results.StreamService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The gRPC server of a node: our services, health and reflection. */
final class GrpcServer {
  private final IngestService ingest;
  private final QueryService query;
  private final HealthStatusManager health = new HealthStatusManager();
  private final GrpcSettings settings;
  private final Server server;

  /** Listens, and says of its health that it is not serving yet. */
  static GrpcServer start(
      GrpcSettings settings, IngestService ingest, QueryService query, StreamService streams)
      throws NodeStartException {
    GrpcServer server = new GrpcServer(settings, ingest, query, streams);
    try {
      server.server.start();
      return server;
    } catch (IOException failure) {
      throw new NodeStartException(
          "can't listen on %s:%d: %s"
              .formatted(settings.host(), settings.port(), rootMessage(failure)),
          failure);
    }
  }

  private GrpcServer(
      GrpcSettings settings, IngestService ingest, QueryService query, StreamService streams) {
    this.ingest = ingest;
    this.query = query;
    this.settings = settings;
    setServing(false);
    // Nothing in the services blocks, so their calls run on the transport's own threads.
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
            .directExecutor()
            .maxInboundMessageSize(settings.messageBytesMax())
            .maxConcurrentCallsPerConnection(settings.callsPerConnectionMax())
            .permitKeepAliveTime(
                settings.keepalivePermittedEvery().toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(ingest)
            .addService(query)
            .addService(streams)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .build();
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
    server.shutdown();
    if (!server.awaitTermination(settings.drainTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
      server.awaitTermination(1, TimeUnit.SECONDS);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
