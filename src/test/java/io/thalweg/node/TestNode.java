package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.IngestServiceGrpc;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.QueryServiceGrpc;
import io.thalweg.v1.Series;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A node in this process, and a plain gRPC channel to it. */
final class TestNode implements AutoCloseable {
  static final String STREAMS =
      """
      thalweg.grpc.port = 0
      thalweg.streams {
        counts { window { sliding-count = 10 }, detector { z-score { threshold = 3, min-samples = 5 } } }
        times { window { sliding-time { size = 10s, slide = 5s } } }
      }
      """;

  private final Node node;
  private final ManagedChannel channel;

  private TestNode(Node node) {
    this.node = node;
    this.channel =
        NettyChannelBuilder.forAddress(node.address())
            .usePlaintext()
            .maxInboundMessageSize(16 << 20)
            .build();
  }

  static TestNode start(Path data) throws NodeStartException {
    return start(data, "");
  }

  /** With settings in HOCON that win over the others. */
  static TestNode start(Path data, String settings) throws NodeStartException {
    return new TestNode(Node.start(config(data, settings)));
  }

  /** With the streams of these tests, and the settings given. */
  static TestNode start(Config settings) throws NodeStartException {
    return new TestNode(
        Node.start(
            Configuration.load(
                Optional.empty(), settings.withFallback(ConfigFactory.parseString(STREAMS)))));
  }

  static Config config(Path data, String settings) throws NodeStartException {
    return Configuration.load(
        Optional.empty(),
        ConfigFactory.parseString(settings)
            .withFallback(ConfigFactory.parseString(STREAMS))
            .withFallback(ConfigFactory.parseMap(Map.of("thalweg.data-dir", data.toString()))));
  }

  Node node() {
    return node;
  }

  ManagedChannel channel() {
    return channel;
  }

  IngestServiceGrpc.IngestServiceBlockingStub ingest() {
    return IngestServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  IngestServiceGrpc.IngestServiceStub ingestAsync() {
    return IngestServiceGrpc.newStub(channel);
  }

  QueryServiceGrpc.QueryServiceBlockingStub query() {
    return QueryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  QueryServiceGrpc.QueryServiceStub queryAsync() {
    return QueryServiceGrpc.newStub(channel);
  }

  KeyState get(String stream, String key) {
    return query().getKey(GetKeyRequest.newBuilder().setStream(stream).setKey(key).build());
  }

  static IngestRequest request(String stream, String producer, long sequence, Series... series) {
    return IngestRequest.newBuilder()
        .setStream(stream)
        .setProducerId(producer)
        .setSequence(sequence)
        .addAllSeries(List.of(series))
        .build();
  }

  /** Sends requests on one streaming call and waits for all answers. */
  static List<IngestResponse> sendAll(TestNode node, List<IngestRequest> requests)
      throws Exception {
    List<IngestResponse> answers = new CopyOnWriteArrayList<>();
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    StreamObserver<IngestRequest> call =
        node.ingestAsync()
            .ingest(
                new StreamObserver<>() {
                  @Override
                  public void onNext(IngestResponse response) {
                    answers.add(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    end.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    end.complete(true);
                  }
                });
    requests.forEach(call::onNext);
    call.onCompleted();
    end.get(30, TimeUnit.SECONDS);
    return answers;
  }

  /** Samples of a key, a second apart from the given one on. */
  static Series series(String key, long firstSecond, double... values) {
    Series.Builder series = Series.newBuilder().setKey(key);
    for (int i = 0; i < values.length; i++) {
      series.addTimeUnixNano((firstSecond + i) * 1_000_000_000L).addValues(values[i]);
    }
    return series.build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    node.close();
  }
}
