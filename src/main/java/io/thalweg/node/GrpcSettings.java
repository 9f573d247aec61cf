package io.thalweg.node;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The gRPC server, {@code thalweg.grpc}.
 *
 * @param host where it listens
 * @param port 0: any free one
 * @param messageBytesMax size of a message
 * @param callsPerConnectionMax calls at a time on one connection
 * @param keepalivePermittedEvery how often a client may ping
 * @param drainTimeout how long calls may take on shutdown
 */
record GrpcSettings(
    String host,
    int port,
    int messageBytesMax,
    int callsPerConnectionMax,
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
    if (drainTimeout.isNegative() || drainTimeout.compareTo(DRAIN_MAX) > 0) {
      throw new IllegalArgumentException(
          "thalweg.grpc.drain-timeout must be from 0 to 7 s: " + drainTimeout);
    }
  }

  private static final Duration DRAIN_MAX = Duration.ofSeconds(7);

  static GrpcSettings from(Config config) {
    Config c = config.getConfig("thalweg.grpc");
    return new GrpcSettings(
        c.getString("host"),
        c.getInt("port"),
        Math.toIntExact(Math.min(Integer.MAX_VALUE, c.getBytes("message-bytes-max"))),
        c.getInt("calls-per-connection-max"),
        c.getDuration("keepalive-permitted-every"),
        c.getDuration("drain-timeout"));
  }
}
