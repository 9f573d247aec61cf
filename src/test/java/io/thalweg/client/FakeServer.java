package io.thalweg.client;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.GetStreamRequest;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.IngestServiceGrpc;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.ListKeysRequest;
import io.thalweg.v1.ListKeysResponse;
import io.thalweg.v1.ListStreamsRequest;
import io.thalweg.v1.ListStreamsResponse;
import io.thalweg.v1.QueryServiceGrpc;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.SlidingCountWindow;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.StreamServiceGrpc;
import io.thalweg.v1.Update;
import io.thalweg.v1.WatchRequest;
import io.thalweg.v1.WindowDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A server on the loopback, over a store that outlives it, which misbehaves as it is told. A test
 * that does not tell it sees the API as it should be.
 */
public final class FakeServer implements AutoCloseable {

  /** What happens to a request. */
  public enum Fault {
    NONE,
    LOST_REQUEST,
    LOST_REPLY,
    ENDED_CALL,
    SILENCE,
    REFUSED
  }

  private final FakeStore store;
  private final List<String> streams;
  private final Server server;
  private volatile Supplier<Fault> faults = () -> Fault.NONE;
  private volatile int updatesPerCall = Integer.MAX_VALUE;

  private FakeServer(FakeStore store, int port, List<String> streams) {
    this.store = store;
    this.streams = streams;
    try {
      server =
          Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
              .addService(new Ingest())
              .addService(new Query())
              .addService(new Streams())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves a stream called demo on any free port. */
  public static FakeServer start(FakeStore store) {
    return new FakeServer(store, 0, List.of("demo"));
  }

  public static FakeServer start(FakeStore store, int port, String... streams) {
    return new FakeServer(store, port, List.of(streams));
  }

  public String endpoint() {
    return "127.0.0.1:" + server.getPort();
  }

  public int port() {
    return server.getPort();
  }

  public FakeServer faults(Supplier<Fault> faults) {
    this.faults = faults;
    return this;
  }

  /** Watches and histories break off after so many updates. */
  public FakeServer updatesPerCall(int count) {
    this.updatesPerCall = count;
    return this;
  }

  /** Cuts all connections. */
  @Override
  public void close() {
    try {
      server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean knows(String stream, StreamObserver<?> reply) {
    if (!streams.contains(stream)) {
      reply.onError(
          Status.NOT_FOUND.withDescription("no stream '" + stream + "'").asRuntimeException());
    }
    return streams.contains(stream);
  }

  private final class Ingest extends IngestServiceGrpc.IngestServiceImplBase {
    @Override
    public StreamObserver<IngestRequest> ingest(StreamObserver<IngestResponse> replies) {
      return new Call(replies);
    }
  }

  private final class Call implements StreamObserver<IngestRequest> {
    private final StreamObserver<IngestResponse> replies;
    private boolean over;
    private boolean silent; // and stays so: answers come in order, so none may be left out

    Call(StreamObserver<IngestResponse> replies) {
      this.replies = replies;
    }

    @Override
    public void onNext(IngestRequest request) {
      if (over || !knows(request.getStream(), replies)) {
        over = true;
        return;
      }
      if (silent) {
        store.record(request);
        return;
      }
      switch (faults.get()) {
        case NONE -> replies.onNext(store.record(request));
        case LOST_REQUEST -> fail(Status.UNAVAILABLE);
        case LOST_REPLY -> {
          store.record(request);
          fail(Status.UNAVAILABLE);
        }
        case ENDED_CALL -> {
          store.record(request);
          over = true;
          replies.onCompleted();
        }
        case SILENCE -> {
          store.record(request);
          silent = true;
        }
        case REFUSED -> fail(Status.INVALID_ARGUMENT.withDescription("malformed"));
      }
    }

    private void fail(Status status) {
      over = true;
      replies.onError(status.asRuntimeException());
    }

    @Override
    public void onError(Throwable thrown) {
      over = true;
    }

    @Override
    public void onCompleted() {
      if (!over) {
        replies.onCompleted();
      }
    }
  }

  private final class Query extends QueryServiceGrpc.QueryServiceImplBase {
    @Override
    public void getKey(GetKeyRequest request, StreamObserver<KeyState> reply) {
      KeyState state = store.state(request.getKey());
      if (!knows(request.getStream(), reply)) {
        return;
      }
      if (state == null) {
        reply.onError(
            Status.NOT_FOUND
                .withDescription("no key '" + request.getKey() + "'")
                .asRuntimeException());
        return;
      }
      reply.onNext(state);
      reply.onCompleted();
    }

    /** Pages of two keys, so that every test pages. */
    @Override
    public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> reply) {
      if (!knows(request.getStream(), reply)) {
        return;
      }
      List<String> rest =
          store.keys().stream()
              .filter(k -> k.startsWith(request.getPrefix()))
              .filter(k -> k.compareTo(request.getPageToken()) > 0)
              .toList();
      List<String> page = rest.subList(0, Math.min(2, rest.size()));
      reply.onNext(
          ListKeysResponse.newBuilder()
              .addAllKeys(page)
              .setNextPageToken(rest.size() > 2 ? page.getLast() : "")
              .build());
      reply.onCompleted();
    }

    /** Gives what there is and then breaks off. */
    @Override
    public void watch(WatchRequest request, StreamObserver<Update> reply) {
      if (knows(request.getStream(), reply)) {
        store.history(request.getKey(), request.getAfterVersion()).stream()
            .limit(updatesPerCall)
            .forEach(reply::onNext);
        reply.onError(Status.UNAVAILABLE.withDescription("moving").asRuntimeException());
      }
    }

    @Override
    public void readHistory(ReadHistoryRequest request, StreamObserver<Update> reply) {
      if (!knows(request.getStream(), reply)) {
        return;
      }
      List<Update> updates = store.history(request.getKey(), request.getFromVersion() - 1);
      updates.stream()
          .filter(u -> request.getStates() || !u.hasState())
          .limit(updatesPerCall)
          .forEach(reply::onNext);
      if (updates.size() > updatesPerCall) {
        reply.onError(Status.UNAVAILABLE.asRuntimeException());
      } else {
        reply.onCompleted();
      }
    }
  }

  private final class Streams extends StreamServiceGrpc.StreamServiceImplBase {
    @Override
    public void getStream(GetStreamRequest request, StreamObserver<StreamDefinition> reply) {
      if (knows(request.getStream(), reply)) {
        reply.onNext(definition(request.getStream()));
        reply.onCompleted();
      }
    }

    @Override
    public void listStreams(ListStreamsRequest request, StreamObserver<ListStreamsResponse> reply) {
      ListStreamsResponse.Builder all = ListStreamsResponse.newBuilder();
      streams.forEach(s -> all.addStreams(definition(s)));
      reply.onNext(all.build());
      reply.onCompleted();
    }

    private StreamDefinition definition(String stream) {
      return StreamDefinition.newBuilder()
          .setStream(stream)
          .setWindow(
              WindowDefinition.newBuilder()
                  .setSlidingCount(SlidingCountWindow.newBuilder().setSize(288)))
          .build();
    }
  }
}
