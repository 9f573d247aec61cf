package io.thalweg.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The reference client's engine, real down to the bytes of its requests, on channels that lead to a
 * simulated network. Of one thread.
 */
public final class SimulatedProducer {

  /** What a client is told of its call. */
  public interface Answers {
    void answered(IngestResponse response);

    void ended(Status status);
  }

  /** The way from a client to a node. */
  public interface Wire {
    void requested(IngestRequest request);

    void cancelled();
  }

  /** Opens calls to nodes. */
  @FunctionalInterface
  public interface Network {
    Wire open(int node, Answers answers);
  }

  /** Later, in virtual time. */
  @FunctionalInterface
  public interface Later {
    void after(long nanos, Runnable task);
  }

  private static final RetryPolicy RETRIES =
      new RetryPolicy(
          Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(5), Optional.empty());

  private final Delivery delivery;

  /**
   * @param nodes how many there are
   */
  public SimulatedProducer(
      ProducerSettings settings,
      int nodes,
      Network network,
      LongSupplier nanoTime,
      Later later,
      RandomGenerator random) {
    Connections connections =
        new Connections(
            IntStream.range(0, nodes).mapToObj(i -> new Endpoint("node", i + 1)).toList(),
            endpoint -> new Channel(endpoint.port() - 1, network));
    Time time =
        new Time() {
          @Override
          public long nanoTime() {
            return nanoTime.getAsLong();
          }

          @Override
          public void sleep(Duration duration) {
            throw new UnsupportedOperationException("there is one thread");
          }

          @Override
          public void schedule(Duration delay, Runnable task) {
            later.after(delay.toNanos(), task);
          }

          @Override
          public void close() {}
        };
    delivery =
        new Delivery(settings, new io.thalweg.client.Wire(connections, RETRIES, time, random));
  }

  /** Sends a batch if there is room for it. */
  public Optional<CompletableFuture<IngestResponse>> trySend(List<Series> series) {
    return delivery.offer(series);
  }

  /** The number of the next batch. */
  public long nextSequence() {
    return delivery.nextSequence();
  }

  /** The process dies: it hears and sends nothing any more. */
  public void kill() {
    var unused = delivery.abort("killed");
  }

  private static final class Channel extends ManagedChannel {
    private final int node;
    private final Network network;

    Channel(int node, Network network) {
      this.node = node;
      this.network = network;
    }

    @Override
    public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
      return new Call<>(method);
    }

    private final class Call<Q, R> extends ClientCall<Q, R> {
      private final MethodDescriptor<Q, R> method;
      private @Nullable Wire wire;

      Call(MethodDescriptor<Q, R> method) {
        this.method = method;
      }

      @Override
      public void start(Listener<R> listener, Metadata headers) {
        wire =
            network.open(
                node,
                new Answers() {
                  @Override
                  public void answered(IngestResponse response) {
                    listener.onMessage(method.parseResponse(response.toByteString().newInput()));
                  }

                  @Override
                  public void ended(Status status) {
                    listener.onClose(status, new Metadata());
                  }
                });
      }

      @Override
      public void request(int messages) {}

      @Override
      public void cancel(@Nullable String message, @Nullable Throwable cause) {
        if (wire != null) {
          wire.cancelled();
        }
      }

      @Override
      public void halfClose() {}

      @Override
      public void sendMessage(Q message) {
        try {
          IngestRequest request =
              IngestRequest.parseFrom(method.streamRequest(message).readAllBytes());
          if (wire != null) {
            wire.requested(request);
          }
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalStateException("the client wrote what is no request", e);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public ManagedChannel shutdown() {
      return this;
    }

    @Override
    public ManagedChannel shutdownNow() {
      return this;
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return true;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }

    @Override
    public String authority() {
      return "simulated";
    }
  }
}
