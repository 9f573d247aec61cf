package io.thalweg.client;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connection in use, shared by all that a client does. Thread-safe.
 *
 * <p>A failed one is left for a fresh channel to the next endpoint, in turn. A channel is never
 * asked twice, because one that failed waits out a backoff of its own (up to two minutes) while the
 * server may long be back. Calls that still run on a left channel may end in peace.
 */
final class Connections implements AutoCloseable {

  /** A channel and where it leads. */
  record Connection(Endpoint endpoint, ManagedChannel channel) {}

  private final List<Endpoint> endpoints;
  private final Function<Endpoint, ManagedChannel> opener;
  private final List<ManagedChannel> left = new ArrayList<>();
  private @Nullable Connection current;
  private int next;
  private boolean closed;

  Connections(List<Endpoint> endpoints, Function<Endpoint, ManagedChannel> opener) {
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("a client needs at least one endpoint");
    }
    this.endpoints = List.copyOf(endpoints);
    this.opener = opener;
  }

  /**
   * The connection to use now; opens one if there is none.
   *
   * @throws ThalwegException {@code CANCELLED} after {@link #close}
   */
  synchronized Connection current() {
    if (closed) {
      throw new ThalwegException(Status.Code.CANCELLED, "the client is closed");
    }
    if (current == null) {
      Endpoint endpoint = endpoints.get(next);
      next = (next + 1) % endpoints.size();
      current = new Connection(endpoint, opener.apply(endpoint));
    }
    return current;
  }

  /** Moves on, unless another caller already has. */
  synchronized void failed(Connection connection) {
    if (connection.equals(current)) {
      current = null;
      connection.channel().shutdown();
      left.removeIf(ManagedChannel::isTerminated);
      left.add(connection.channel());
    }
  }

  /** Ends all calls at once. */
  @Override
  public synchronized void close() {
    closed = true;
    if (current != null) {
      current.channel().shutdownNow();
    }
    left.forEach(ManagedChannel::shutdownNow);
  }
}
