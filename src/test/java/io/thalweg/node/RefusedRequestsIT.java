package io.thalweg.node;

import static io.thalweg.node.TestNode.request;
import static io.thalweg.node.TestNode.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.GetStreamRequest;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.StreamServiceGrpc;
import io.thalweg.v1.Update;
import io.thalweg.v1.WatchRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that can't be served must say why, by a status that has a name. */
class RefusedRequestsIT {
  private static final byte[] INVALID_UTF_8 = {0x0a, 2, (byte) 0xff, (byte) 0xfe};
  private static final byte[] NO_MESSAGE = {0x0a, 0x7f, 1};
  private static final int LIMIT = 4 << 20;
  private static final String LIMIT_SHOWN = "4,194,304";

  @TempDir static Path data;
  static TestNode node;

  @BeforeAll
  static void start() throws Exception {
    node = TestNode.start(data, "thalweg.results.watchers-max = 2");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void bytesThatAreNoMessageAreAnInvalidArgument() {
    for (byte[] bytes : List.of(INVALID_UTF_8, NO_MESSAGE)) {
      assertThat(unary("IngestService/IngestBatch", bytes, CallOptions.DEFAULT).getCode())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(unary("QueryService/GetKey", bytes, CallOptions.DEFAULT).getCode())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void tooLongMessageNamesTheLimit() {
    for (String compressor : List.of("identity", "gzip")) {
      CallOptions options = CallOptions.DEFAULT.withCompression(compressor);
      Status status = unary("IngestService/IngestBatch", ofLength(LIMIT + 1), options);
      assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(status.getDescription()).contains(LIMIT_SHOWN);
    }
  }

  @Test
  void longestMessageIsTaken() {
    assertThat(unary("IngestService/IngestBatch", ofLength(LIMIT), CallOptions.DEFAULT).getCode())
        .isEqualTo(Status.Code.OK);
  }

  @Test
  void whatCameBeforeOnAStreamingCallIsAnsweredFirst() throws Exception {
    Status tooLong = streaming("long", ofLength(LIMIT + 1));
    assertThat(tooLong.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(tooLong.getDescription()).contains(LIMIT_SHOWN);
    assertThat(streaming("broken", INVALID_UTF_8).getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void namesOfAnyLengthDoNotHideTheStatus() {
    String name = "n".repeat(1 << 20);
    assertThat(status(() -> node.ingest().ingestBatch(request(name, "", 0))).getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(
            status(
                    () ->
                        StreamServiceGrpc.newBlockingStub(node.channel())
                            .getStream(GetStreamRequest.newBuilder().setStream(name).build()))
                .getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
    Status longKey =
        status(
            () ->
                node.query()
                    .getKey(GetKeyRequest.newBuilder().setStream("counts").setKey(name).build()));
    assertThat(longKey.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(longKey.getDescription()).contains("1,048,576", "512");
  }

  @Test
  void refusedWatchesTakeNoPlace() {
    WatchRequest.Builder watch = WatchRequest.newBuilder().setStream("counts").setKey("k");
    for (int i = 0; i < 5; i++) {
      Iterator<Update> updates = node.query().watch(watch.setAfterVersion(-1).build());
      assertThat(status(updates::next).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    node.ingest().ingestBatch(request("counts", "", 0, series("k", 1, 1)));
    assertThat(
            node.query()
                .watch(watch.setAfterVersion(0).setStates(true).build())
                .next()
                .getVersion())
        .isEqualTo(1);
  }

  /** How a call ends that has sent ten batches and then these bytes; all ten must be answered. */
  private static Status streaming(String producer, byte[] last) throws Exception {
    List<Long> answered = new CopyOnWriteArrayList<>();
    CompletableFuture<Status> end = new CompletableFuture<>();
    StreamObserver<byte[]> requests =
        ClientCalls.asyncBidiStreamingCall(
            node.channel()
                .newCall(
                    method("IngestService/Ingest", MethodType.BIDI_STREAMING), CallOptions.DEFAULT),
            new StreamObserver<>() {
              @Override
              public void onNext(byte[] response) {
                try {
                  answered.add(IngestResponse.parseFrom(response).getSequence());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }

              @Override
              public void onError(Throwable failure) {
                end.complete(Status.fromThrowable(failure));
              }

              @Override
              public void onCompleted() {
                end.complete(Status.OK);
              }
            });
    for (int i = 1; i <= 10; i++) {
      requests.onNext(request("counts", producer, i, series(producer, i, i)).toByteArray());
    }
    requests.onNext(last);
    Status status = end.get(30, TimeUnit.SECONDS);
    assertThat(answered).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    return status;
  }

  private static Status unary(String method, byte[] request, CallOptions options) {
    return status(
        () ->
            ClientCalls.blockingUnaryCall(
                node.channel(),
                method(method, MethodType.UNARY),
                options.withDeadlineAfter(30, TimeUnit.SECONDS),
                request));
  }

  private static Status status(Runnable call) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
    return failure == null ? Status.OK : failure.getStatus();
  }

  /** A request that names a stream and is so many bytes long. */
  private static byte[] ofLength(int bytes) {
    IngestRequest request = IngestRequest.newBuilder().setStream("counts").build();
    byte[] padded = padded(request, bytes);
    return padded(request, 2 * bytes - padded.length);
  }

  private static byte[] padded(IngestRequest request, int bytes) {
    Field padding =
        Field.newBuilder().addLengthDelimited(ByteString.copyFrom(new byte[bytes])).build();
    return request.toBuilder()
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(100, padding).build())
        .build()
        .toByteArray();
  }

  private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.newBuilder(Bytes.INSTANCE, Bytes.INSTANCE)
        .setFullMethodName("thalweg.v1." + name)
        .setType(type)
        .build();
  }

  /** Messages as they are on the wire. */
  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] parse(InputStream bytes) {
      try {
        return bytes.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
