package io.thalweg.node;

import com.typesafe.config.Config;
import io.thalweg.rpc.ConnectionLimits;
import java.time.Duration;

/**
 * The gRPC server, {@code thalweg.grpc}.
 *
 * @param host where it listens
 * @param port 0: any free one
 * @param messageBytesMax size of a message
 * @param callsPerConnectionMax calls at a time on one connection
 * @param arrivingBytesMax of messages that are not complete, of all calls
 * @param headerBytesMax of a call
 * @param resetsPerMinuteMax calls on one connection that end by a reset
 * @param connectionIdle so long a connection may be without calls
 * @param connections how many there may be, and what each may do
 * @param keepaliveEvery how often a client is pinged that is silent
 * @param keepaliveTimeout how long the answer to a ping may take
 * @param keepalivePermittedEvery how often a client may ping
 * @param drainTimeout how long calls may take on shutdown
 */
record GrpcSettings(
    String host,
    int port,
    int messageBytesMax,
    int callsPerConnectionMax,
    long arrivingBytesMax,
    int headerBytesMax,
    int resetsPerMinuteMax,
    Duration connectionIdle,
    ConnectionLimits connections,
    Duration keepaliveEvery,
    Duration keepaliveTimeout,
    Duration keepalivePermittedEvery,
    Duration drainTimeout) {
  GrpcSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("thalweg.grpc.port must be from 0 to 65535: " + port);
    }
    if (messageBytesMax < 1_024) {
      throw new IllegalArgumentException(
          "thalweg.grpc.message-bytes-max must be at least 1 KiB: " + messageBytesMax);
    }
    if (callsPerConnectionMax < 1) {
      throw new IllegalArgumentException(
          "thalweg.grpc.calls-per-connection-max must be at least 1: " + callsPerConnectionMax);
    }
    if (arrivingBytesMax < messageBytesMax) {
      throw new IllegalArgumentException(
          "thalweg.grpc.arriving-bytes-max must be at least message-bytes-max, %,d: %,d"
              .formatted(messageBytesMax, arrivingBytesMax));
    }
    if (headerBytesMax < 1_024) {
      throw new IllegalArgumentException(
          "thalweg.grpc.header-bytes-max must be at least 1 KiB: " + headerBytesMax);
    }
    if (resetsPerMinuteMax < 1) {
      throw new IllegalArgumentException(
          "thalweg.grpc.resets-per-minute-max must be at least 1: " + resetsPerMinuteMax);
    }
    atLeastASecond("connection-idle", connectionIdle);
    atLeastASecond("keepalive-every", keepaliveEvery);
    atLeastASecond("keepalive-timeout", keepaliveTimeout);
    if (drainTimeout.isNegative() || drainTimeout.compareTo(DRAIN_MAX) > 0) {
      throw new IllegalArgumentException(
          "thalweg.grpc.drain-timeout must be from 0 to 7 s: " + drainTimeout);
    }
  }

  private static final Duration DRAIN_MAX = Duration.ofSeconds(7);

  private static void atLeastASecond(String name, Duration value) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("thalweg.grpc." + name + " must be at least 1s: " + value);
    }
  }

  static GrpcSettings from(Config config) {
    Config c = config.getConfig("thalweg.grpc");
    return new GrpcSettings(
        c.getString("host"),
        c.getInt("port"),
        Math.toIntExact(Math.min(Integer.MAX_VALUE, c.getBytes("message-bytes-max"))),
        c.getInt("calls-per-connection-max"),
        c.getBytes("arriving-bytes-max"),
        Math.toIntExact(Math.min(Integer.MAX_VALUE, c.getBytes("header-bytes-max"))),
        c.getInt("resets-per-minute-max"),
        c.getDuration("connection-idle"),
        new ConnectionLimits(
            c.getInt("connections-max"),
            c.getInt("connections-per-address-max"),
            c.getInt("calls-per-connection-max"),
            c.getDuration("frame-timeout"),
            c.getInt("empty-frames-per-minute-max"),
            c.getInt("connection-faults-per-minute-max"),
            c.getDuration("hold-off-max")),
        c.getDuration("keepalive-every"),
        c.getDuration("keepalive-timeout"),
        c.getDuration("keepalive-permitted-every"),
        c.getDuration("drain-timeout"));
  }
}
