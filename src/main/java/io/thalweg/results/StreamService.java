package io.thalweg.results;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.rpc.Excerpt;
import io.thalweg.v1.GetStreamRequest;
import io.thalweg.v1.ListStreamsRequest;
import io.thalweg.v1.ListStreamsResponse;
import io.thalweg.v1.StreamServiceGrpc;
import java.util.Map;
import java.util.TreeMap;

/** Tells over gRPC which streams there are. Thread-safe. */
public final class StreamService extends StreamServiceGrpc.StreamServiceImplBase {
  private final Map<String, StreamDefinition> streams;

  public StreamService(Map<String, StreamDefinition> streams) {
    this.streams = new TreeMap<>(streams);
  }

  @Override
  public void getStream(
      GetStreamRequest request, StreamObserver<io.thalweg.v1.StreamDefinition> response) {
    StreamDefinition definition = streams.get(request.getStream());
    if (definition == null) {
      response.onError(
          Status.NOT_FOUND
              .withDescription("there is no stream '" + Excerpt.of(request.getStream()) + "'")
              .asRuntimeException());
      return;
    }
    response.onNext(StreamProtos.definition(definition));
    response.onCompleted();
  }

  @Override
  public void listStreams(
      ListStreamsRequest request, StreamObserver<ListStreamsResponse> response) {
    ListStreamsResponse.Builder streams = ListStreamsResponse.newBuilder();
    this.streams.values().forEach(stream -> streams.addStreams(StreamProtos.definition(stream)));
    response.onNext(streams.build());
    response.onCompleted();
  }
}
