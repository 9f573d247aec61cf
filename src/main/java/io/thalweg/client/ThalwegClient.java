package io.thalweg.client;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A client of a Thalweg server or cluster: {@linkplain #producer producers} put samples in, {@link
 * #queries} ask what is known.
 *
 * <pre>{@code
 * try (var client = ThalwegClient.builder().endpoints("127.0.0.1:7470").build();
 *     var producer = client.producer(ProducerSettings.of("payments", "gateway-7"))) {
 *   producer.send(List.of(Series.newBuilder().setKey("card|4711").addValues(12.5).build()));
 * }
 * }</pre>
 *
 * <p>Any node of a cluster answers for any key. The client uses one endpoint and goes on to the
 * next when it fails. Thread-safe; one client per process is enough.
 */
public final class ThalwegClient implements AutoCloseable {
  private final Wire wire;
  private final Set<Delivery> deliveries = ConcurrentHashMap.newKeySet();

  private ThalwegClient(Wire wire) {
    this.wire = wire;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Starts a producer. It connects with its first batch. */
  public Producer producer(ProducerSettings settings) {
    Delivery delivery = new Delivery(settings, wire);
    deliveries.add(delivery);
    return new Producer(delivery, () -> deliveries.remove(delivery));
  }

  public Queries queries() {
    return new Queries(wire);
  }

  /** Ends at once: what producers have open fails with {@code CANCELLED}. Close them before. */
  @Override
  public void close() {
    deliveries.forEach(delivery -> delivery.abort("the client was closed"));
    wire.connections().close();
    wire.time().close();
  }

  /** What a client is made of. */
  public static final class Builder {
    /** Servers of gRPC refuse pings that come more often, unless they are told otherwise. */
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

    private List<Endpoint> endpoints = List.of(new Endpoint("127.0.0.1", 7470));
    private RetryPolicy retries = RetryPolicy.forever();
    private Duration keepAlive = KEEP_ALIVE;
    private RandomGenerator random = RandomGenerator.getDefault();
    private Time time = new SystemTime();
    private Function<Endpoint, ManagedChannel> opener = this::plaintext;

    private Builder() {}

    /** Where servers listen, {@code host:port} separated by commas. Default: 127.0.0.1:7470. */
    public Builder endpoints(String list) {
      return endpoints(Endpoint.parseList(list));
    }

    /** Where servers listen; the first is tried first. */
    public Builder endpoints(List<Endpoint> endpoints) {
      this.endpoints = List.copyOf(endpoints);
      return this;
    }

    /** Default: never give up. */
    public Builder retries(RetryPolicy retries) {
      this.retries = retries;
      return this;
    }

    /**
     * How long a connection with a call on it may be silent before the client asks whether it still
     * lives. Default: 5 minutes. Less only where the server allows it; it otherwise closes the
     * connection.
     */
    public Builder keepAlive(Duration silence) {
      this.keepAlive = silence;
      return this;
    }

    /** How a channel is opened. The place where TLS will be chosen. */
    Builder opener(Function<Endpoint, ManagedChannel> opener) {
      this.opener = opener;
      return this;
    }

    Builder time(Time time) {
      this.time.close();
      this.time = time;
      return this;
    }

    Builder random(RandomGenerator random) {
      this.random = random;
      return this;
    }

    public ThalwegClient build() {
      Connections connections = new Connections(endpoints, opener);
      return new ThalwegClient(new Wire(connections, retries, time, random));
    }

    private ManagedChannel plaintext(Endpoint endpoint) {
      return Grpc.newChannelBuilderForAddress(
              endpoint.host(), endpoint.port(), InsecureChannelCredentials.create())
          .keepAliveTime(keepAlive.toNanos(), TimeUnit.NANOSECONDS)
          .disableRetry() // retries are ours
          .build();
    }
  }
}
