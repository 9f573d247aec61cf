package io.thalweg.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Fails a call that sends a request which is too long (RESOURCE_EXHAUSTED) or no message of its
 * type (INVALID_ARGUMENT).
 *
 * <p>gRPC itself would answer the second with UNKNOWN and a stack trace in the log, and the first
 * with a bare reset once a streaming call has had a response. Here to the service the requests seem
 * to end before such a one: it answers those that it has, and when it then completes the call, the
 * call fails with the reason.
 *
 * <p>A message must come whole to be refused like this, so the transport has to let it through; it
 * should have a bound of its own, a few times this one.
 */
public final class ReadableRequests implements ServerInterceptor {
  private static final MethodDescriptor.Marshaller<InputStream> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(InputStream bytes) {
          return bytes;
        }

        @Override
        public InputStream parse(InputStream bytes) {
          return bytes;
        }
      };

  private final int messageBytesMax;

  private ReadableRequests(int messageBytesMax) {
    this.messageBytesMax = messageBytesMax;
  }

  /** The service behind this guard. */
  public static ServerServiceDefinition of(ServerServiceDefinition service, int messageBytesMax) {
    return ServerInterceptors.intercept(
        ServerInterceptors.useMarshalledMessages(service, BYTES),
        new ReadableRequests(messageBytesMax));
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    GuardedCall<Q, R> guarded = new GuardedCall<>(call);
    return new GuardedRequests<>(next.startCall(guarded, headers), guarded);
  }

  /** Ends with the flaw, where a request had one and the service has nothing worse to tell. */
  private static final class GuardedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private volatile @Nullable Status flaw;

    GuardedCall(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      Status why = flaw;
      boolean knowsNoRequest = getMethodDescriptor().getType().clientSendsOneMessage();
      if (why != null && (status.isOk() || knowsNoRequest)) {
        super.close(why, new Metadata());
      } else {
        super.close(status, trailers);
      }
    }
  }

  private final class GuardedRequests<Q> extends SimpleForwardingServerCallListener<Q> {
    private final GuardedCall<Q, ?> call;

    GuardedRequests(ServerCall.Listener<Q> service, GuardedCall<Q, ?> call) {
      super(service);
      this.call = call;
    }

    @Override
    @SuppressWarnings("unchecked") // the requests are bytes until the service's own listener
    public void onMessage(Q request) {
      if (call.flaw != null) {
        return;
      }
      try {
        super.onMessage((Q) bounded((InputStream) request));
      } catch (StatusRuntimeException unreadable) {
        call.flaw = flaw(unreadable);
        super.onHalfClose();
      }
    }

    @Override
    public void onHalfClose() {
      if (call.flaw == null) {
        super.onHalfClose();
      }
    }

    private InputStream bounded(InputStream request) {
      try {
        if (request instanceof KnownLength) {
          requireLength(request.available());
          return request;
        }
        byte[] bytes = request.readNBytes(messageBytesMax + 1); // what a compressed one unpacks to
        requireLength(bytes.length);
        return new ByteArrayInputStream(bytes);
      } catch (IOException broken) {
        throw Status.INVALID_ARGUMENT
            .withDescription("the request can't be unpacked: " + broken.getMessage())
            .asRuntimeException();
      }
    }

    private void requireLength(int bytes) {
      if (bytes > messageBytesMax) {
        throw Status.RESOURCE_EXHAUSTED
            .withDescription(
                "the request is longer than %,d bytes, the most that is taken; send it in parts"
                    .formatted(messageBytesMax))
            .asRuntimeException();
      }
    }

    private Status flaw(StatusRuntimeException unreadable) {
      return unreadable.getCause() instanceof InvalidProtocolBufferException broken
          ? Statuses.notAMessage(call.getMethodDescriptor().getFullMethodName(), broken)
          : unreadable.getStatus();
    }
  }
}
