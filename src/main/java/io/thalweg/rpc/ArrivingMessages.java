package io.thalweg.rpc;

import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bound on what has arrived, of all calls, of messages that are not complete yet.
 *
 * <p>Flow control does not bound it: gRPC gives the room in its windows back as soon as a part of a
 * message has come, and holds the parts until the message is whole. A client that opens many calls
 * and withholds the last byte of a large message in each would take all memory.
 *
 * <p>Beyond the bound the call whose message is awaited longest ends with UNAVAILABLE: messages of
 * the honest are on their way for moments, those that are withheld for ever. Calls from which the
 * server wants no message now, because it has enough to do, are never ended: what arrives on them
 * stays within their windows. Each part counts for more than its bytes, because many small ones
 * take much more.
 *
 * <p>It is both to trace the streams and to intercept the calls of a server, as the outermost.
 * Thread-safe.
 */
public final class ArrivingMessages extends ServerStreamTracer.Factory
    implements ServerInterceptor {
  private static final Context.Key<Arrival> ARRIVAL = Context.key("thalweg-arriving-message");

  /** What a part costs beside its bytes. */
  private static final int PART_BYTES = 256;

  private final long bytesMax;
  private final LongSupplier nanoTime;
  private final AtomicLong bytes = new AtomicLong();
  private final Set<Arrival> arrivals = ConcurrentHashMap.newKeySet();

  /**
   * @param bytesMax of all calls
   * @param nanoTime a clock that never goes back
   */
  public ArrivingMessages(long bytesMax, LongSupplier nanoTime) {
    this.bytesMax = bytesMax;
    this.nanoTime = nanoTime;
  }

  /** What is there now. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new Arrival();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Arrival arrival = ARRIVAL.get();
    if (arrival == null) {
      return next.startCall(call, headers);
    }
    EndableCall<Q, R> endable = new EndableCall<>(call, arrival);
    ServerCall.Listener<Q> listener = next.startCall(endable, headers);
    arrival.belongsTo(endable);
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onComplete() {
        if (endable.wasEnded()) {
          super.onCancel(); // the service has not completed it
        } else {
          super.onComplete();
        }
      }
    };
  }

  private void endOldest() {
    long now = nanoTime.getAsLong();
    arrivals.stream()
        .filter(arrival -> arrival.held > 0 && arrival.wanted.get() > 0)
        .max(Comparator.comparingLong(arrival -> arrival.awaitedNanos(now)))
        .ifPresent(Arrival::end);
  }

  private Status tooMuch() {
    return Status.UNAVAILABLE.withDescription(
        "messages that are not complete take more than %,d bytes in all (thalweg.grpc.arriving-bytes-max), and this one waits longest for its rest; send it again"
            .formatted(bytesMax));
  }

  /**
   * The message that arrives on a stream. Its stream's thread alone writes its fields, but for what
   * the service wants.
   */
  private final class Arrival extends ServerStreamTracer {
    private final AtomicLong wanted = new AtomicLong();
    private volatile long wantedSinceNanos;
    private volatile long held;
    private volatile long sinceNanos;
    private @Nullable EndableCall<?, ?> call;
    private boolean ended;

    @Override
    public Context filterContext(Context context) {
      return context.withValue(ARRIVAL, this);
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // by one thread
    public void inboundWireSize(long more) {
      if (held == 0) {
        sinceNanos = nanoTime.getAsLong();
        arrivals.add(this);
      }
      long part = more + PART_BYTES;
      held += part;
      if (bytes.addAndGet(part) > bytesMax) {
        endOldest();
      }
    }

    @Override
    public void inboundMessageRead(int number, long wireBytes, long plainBytes) {
      wanted.decrementAndGet();
      release();
    }

    /** The service wants so many more messages. */
    void want(int messages) {
      if (wanted.getAndAdd(messages) <= 0) {
        wantedSinceNanos = nanoTime.getAsLong();
      }
    }

    /** For how long a message has been on its way while the service waited for it. */
    long awaitedNanos(long now) {
      return Math.min(now - sinceNanos, now - wantedSinceNanos);
    }

    @Override
    public void streamClosed(Status status) {
      release();
    }

    private void release() {
      bytes.addAndGet(-held);
      held = 0;
      arrivals.remove(this);
    }

    /** The call may begin after its first message has come, and after it was to be ended. */
    synchronized void belongsTo(EndableCall<?, ?> itsCall) {
      call = itsCall;
      if (ended) {
        itsCall.end(tooMuch());
      }
    }

    synchronized void end() {
      if (!ended) {
        ended = true;
        arrivals.remove(this);
        if (call != null) {
          call.end(tooMuch());
        }
      }
    }
  }

  /** Its service and who ends it may meet: one at a time, and nothing after the end. */
  private static final class EndableCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final Arrival arrival;
    private boolean closed;
    private boolean ended;

    EndableCall(ServerCall<Q, R> call, Arrival arrival) {
      super(call);
      this.arrival = arrival;
    }

    @Override
    public void request(int messages) {
      arrival.want(messages);
      super.request(messages);
    }

    synchronized boolean wasEnded() {
      return ended;
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

    synchronized void end(Status status) {
      if (!closed) {
        ended = true;
        close(status, new Metadata());
      }
    }
  }
}
