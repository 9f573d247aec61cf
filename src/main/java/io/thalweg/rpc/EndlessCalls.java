package io.thalweg.rpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls of services that know nothing of a shutdown (health watches, reflection): their clients end
 * them, or {@link #end} does, lest a server wait for them in vain. Thread-safe.
 */
public final class EndlessCalls implements ServerInterceptor {
  private static final Status SHUTTING_DOWN =
      Status.UNAVAILABLE.withDescription("this node is shutting down");

  private final Set<EndableCall<?, ?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    EndableCall<Q, R> endable = new EndableCall<>(call);
    open.add(endable);
    ServerCall.Listener<Q> listener = next.startCall(endable, headers);
    if (ended) {
      endable.end();
    }
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onComplete() {
        open.remove(endable);
        super.onComplete();
      }

      @Override
      public void onCancel() {
        open.remove(endable);
        super.onCancel();
      }
    };
  }

  /** Ends those that are open, and all that follow, with UNAVAILABLE. */
  public void end() {
    ended = true;
    open.forEach(EndableCall::end);
  }

  /** Its service and who ends it may meet: one at a time, and nothing after the end. */
  private static final class EndableCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private boolean closed;

    EndableCall(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!closed) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(R message) {
      if (!closed) {
        super.sendMessage(message);
      }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (!closed) {
        closed = true;
        super.close(status, trailers);
      }
    }

    void end() {
      close(SHUTTING_DOWN, new Metadata());
    }
  }
}
