package io.thalweg.rpc;

import java.time.Duration;

/**
 * What a connection may do, and how many there may be.
 *
 * @param connectionsMax at a time
 * @param perAddressMax of one client's address
 * @param callsMax on one connection, before it acknowledges that these are all
 * @param frameTimeout so long the preface, a frame, or headers may take to come whole
 * @param emptyFramesPerMinuteMax frames that carry nothing
 * @param faultsPerMinuteMax connections of one address that are closed for what they did, before
 *     the address is held off
 * @param holdOffMax so long an address may be kept from connecting after that; 0: never
 */
public record ConnectionLimits(
    int connectionsMax,
    int perAddressMax,
    int callsMax,
    Duration frameTimeout,
    int emptyFramesPerMinuteMax,
    int faultsPerMinuteMax,
    Duration holdOffMax) {
  public ConnectionLimits {
    atLeastOne("connections-max", connectionsMax);
    atLeastOne("connections-per-address-max", perAddressMax);
    atLeastOne("empty-frames-per-minute-max", emptyFramesPerMinuteMax);
    atLeastOne("connection-faults-per-minute-max", faultsPerMinuteMax);
    if (holdOffMax.isNegative() || holdOffMax.compareTo(HOLD_OFF_MAX) > 0) {
      throw new IllegalArgumentException(
          "thalweg.grpc.hold-off-max must be from 0 to 1 hour: " + holdOffMax);
    }
    if (frameTimeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "thalweg.grpc.frame-timeout must be at least 1ms: " + frameTimeout);
    }
  }

  private static final Duration HOLD_OFF_MAX = Duration.ofHours(1);

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("thalweg.grpc." + name + " must be at least 1: " + value);
    }
  }
}
