package io.thalweg.client;

import io.grpc.Channel;
import io.thalweg.v1.BacktestRequest;
import io.thalweg.v1.ClusterStatus;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.GetStatusRequest;
import io.thalweg.v1.GetStreamRequest;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.ListKeysRequest;
import io.thalweg.v1.ListKeysResponse;
import io.thalweg.v1.ListStreamsRequest;
import io.thalweg.v1.QueryServiceGrpc;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.StatusServiceGrpc;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.StreamServiceGrpc;
import io.thalweg.v1.WatchRequest;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks what is known of keys. Every method blocks, tries again as the client's {@link RetryPolicy}
 * says while the server can't be reached, and throws {@link ThalwegException} with the server's
 * code for what no retry can change: {@code NOT_FOUND} for an unknown stream or key. Thread-safe.
 */
public final class Queries {
  /** The largest page that the server gives. */
  private static final int PAGE = 1_000;

  private final Wire wire;

  Queries(Wire wire) {
    this.wire = wire;
  }

  /** The state of a key now. */
  public KeyState getKey(String stream, String key) {
    return getKey(GetKeyRequest.newBuilder().setStream(stream).setKey(key).build());
  }

  /** The state of a key as of a version that it had. */
  public KeyState getKey(String stream, String key, long version) {
    return getKey(
        GetKeyRequest.newBuilder().setStream(stream).setKey(key).setVersion(version).build());
  }

  /** All keys that begin with a prefix, in the order of their UTF-8 bytes; pages come as needed. */
  public Stream<String> listKeys(String stream, String prefix) {
    ListKeysRequest first =
        ListKeysRequest.newBuilder().setStream(stream).setPrefix(prefix).setPageSize(PAGE).build();
    return Stream.iterate(listPage(first), Objects::nonNull, page -> nextPage(first, page))
        .flatMap(page -> page.getKeysList().stream());
  }

  /** The streams of the server, in the order of their names. */
  public List<StreamDefinition> listStreams() {
    ListStreamsRequest all = ListStreamsRequest.getDefaultInstance();
    return retrying("list streams", c -> streams(c).listStreams(all)).getStreamsList();
  }

  /** How the cluster is doing, as any of its nodes tells. */
  public ClusterStatus getStatus() {
    return retrying(
        "get status",
        c ->
            StatusServiceGrpc.newBlockingStub(c)
                .withDeadlineAfter(timeoutMillis(), TimeUnit.MILLISECONDS)
                .getStatus(GetStatusRequest.getDefaultInstance()));
  }

  /** One stream of the server. */
  public StreamDefinition getStream(String stream) {
    GetStreamRequest request = GetStreamRequest.newBuilder().setStream(stream).build();
    return retrying("get stream " + stream, c -> streams(c).getStream(request));
  }

  /**
   * Follows what happens to one key, to keys with a prefix, or to all.
   *
   * <p>One key is followed without a gap and without repetition through any number of lost
   * connections: from {@code after_version} if the request has it, otherwise from now. Of several
   * keys a lost connection may lose updates, so that the iteration ends there with {@code
   * UNAVAILABLE} for the caller to decide.
   */
  public Updates watch(WatchRequest request) {
    return new Updates(wire, request.getKey().isEmpty() ? new KeysWatch(request) : follow(request));
  }

  /** Reads what happened to a key, from the journal; resumes after a lost connection. */
  public Updates readHistory(ReadHistoryRequest request) {
    return new Updates(wire, new KeyHistory(request));
  }

  /**
   * Runs a backtest on a server. Until that has begun, a lost connection is tried again; later it
   * ends the iteration with {@code UNAVAILABLE}, since the backtest is gone. {@code
   * RESOURCE_EXHAUSTED}: as many run there already as may.
   */
  public Backtest backtest(BacktestRequest request) {
    return new Backtest(wire, request);
  }

  private KeyWatch follow(WatchRequest request) {
    return new KeyWatch(
        request,
        request.hasAfterVersion()
            ? request.getAfterVersion()
            : currentVersion(request.getStream(), request.getKey()));
  }

  /** 0 where the key does not exist yet: then all that will ever happen to it is new. */
  private long currentVersion(String stream, String key) {
    try {
      return getKey(stream, key).getVersion();
    } catch (ThalwegException e) {
      return switch (e.code()) {
        case NOT_FOUND -> {
          getStream(stream); // throws if it is the stream that is unknown
          yield 0;
        }
        default -> throw e;
      };
    }
  }

  private KeyState getKey(GetKeyRequest request) {
    String doing = "get key " + request.getKey() + " of stream " + request.getStream();
    return retrying(doing, c -> queries(c).getKey(request));
  }

  private ListKeysResponse listPage(ListKeysRequest request) {
    return retrying(
        "list keys of stream " + request.getStream(), c -> queries(c).listKeys(request));
  }

  private @Nullable ListKeysResponse nextPage(ListKeysRequest first, ListKeysResponse page) {
    String token = page.getNextPageToken();
    return token.isEmpty() ? null : listPage(first.toBuilder().setPageToken(token).build());
  }

  private <T> T retrying(String doing, Function<Channel, T> attempt) {
    return new Attempts(wire, doing).run(attempt);
  }

  private QueryServiceGrpc.QueryServiceBlockingStub queries(Channel channel) {
    return QueryServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(timeoutMillis(), TimeUnit.MILLISECONDS);
  }

  private StreamServiceGrpc.StreamServiceBlockingStub streams(Channel channel) {
    return StreamServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(timeoutMillis(), TimeUnit.MILLISECONDS);
  }

  private long timeoutMillis() {
    return wire.retries().attemptTimeout().toMillis();
  }
}
