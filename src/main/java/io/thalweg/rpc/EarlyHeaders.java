package io.thalweg.rpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Lets a service send a call's headers before its first response, as a sign that something has
 * begun. Without it they come with the first response.
 */
public final class EarlyHeaders implements ServerInterceptor {
  private static final Context.Key<Runnable> SEND = Context.key("thalweg-early-headers");

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    HeadersOnce<Q, R> once = new HeadersOnce<>(call);
    Context context = Context.current().withValue(SEND, once::sendNow);
    return Contexts.interceptCall(context, once, headers, next);
  }

  /** Sends the headers of the call that the current thread serves; may be run on any thread. */
  public static Runnable ofCurrentCall() {
    Runnable send = SEND.get();
    return send == null ? () -> {} : send;
  }

  private static final class HeadersOnce<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private boolean sent;
    private boolean closed;

    HeadersOnce(ServerCall<Q, R> call) {
      super(call);
    }

    void sendNow() {
      sendHeaders(new Metadata());
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!sent && !closed && !isCancelled()) {
        sent = true;
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void close(io.grpc.Status status, Metadata trailers) {
      closed = true;
      super.close(status, trailers);
    }
  }
}
