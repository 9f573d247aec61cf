package io.thalweg.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.thalweg.v1.IngestResponse;
import org.jspecify.annotations.Nullable;

/**
 * One streaming call. Calls of its methods must not overlap; what it hears it tells its listener on
 * gRPC's threads, one at a time.
 */
final class IngestCall {

  /** Hears of the call. After {@code ended} nothing more comes. */
  interface Listener {
    void ready(IngestCall call);

    void answered(IngestCall call, IngestResponse response);

    void ended(IngestCall call, CallFailure why);
  }

  private final Connections.Connection connection;
  private final Listener listener;
  private @Nullable ClientCallStreamObserver<EncodedRequest> requests;

  private IngestCall(Connections.Connection connection, Listener listener) {
    this.connection = connection;
    this.listener = listener;
  }

  static IngestCall open(Connections.Connection connection, Listener listener) {
    IngestCall call = new IngestCall(connection, listener);
    Channel channel = connection.channel();
    var unused =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(EncodedRequest.INGEST, CallOptions.DEFAULT), call.new Responses());
    return call;
  }

  Connections.Connection connection() {
    return connection;
  }

  /** Whether the wire takes more without buffering it. */
  boolean isReady() {
    return requests != null && requests.isReady();
  }

  void send(EncodedRequest request) {
    if (requests != null) {
      requests.onNext(request);
    }
  }

  /** No request follows. */
  void halfClose() {
    if (requests != null) {
      requests.onCompleted();
    }
  }

  void cancel(String why) {
    if (requests != null) {
      requests.cancel(why, null);
    }
  }

  /** Turns gRPC's callbacks into the listener's. */
  private final class Responses implements ClientResponseObserver<EncodedRequest, IngestResponse> {
    @Override
    public void beforeStart(ClientCallStreamObserver<EncodedRequest> stream) {
      requests = stream;
      stream.setOnReadyHandler(() -> listener.ready(IngestCall.this));
    }

    @Override
    public void onNext(IngestResponse response) {
      listener.answered(IngestCall.this, response);
    }

    @Override
    public void onError(Throwable thrown) {
      listener.ended(IngestCall.this, CallFailure.of(thrown));
    }

    @Override
    public void onCompleted() {
      listener.ended(IngestCall.this, CallFailure.unavailable("the server ended the call"));
    }
  }
}
