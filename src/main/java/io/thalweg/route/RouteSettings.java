package io.thalweg.route;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The bounds of the way to the keys, {@code thalweg.route}.
 *
 * @param samplesInFlightMax samples (and series) taken and not yet answered, of all calls; beyond
 *     it calls are not read on
 * @param deliveriesInFlightMax deliveries under way at a time, one for each key at most
 * @param recoveriesInFlightMax those of them whose keys are to be brought to this node's memory
 * @param samplesPerDeliveryMax samples that go as one event
 * @param batchesInFlightPerCallMax batches of one call taken and not yet answered
 * @param replyTimeout a delivery without a reply is sent again after it
 * @param retryBackoff a delivery that the journal did not confirm is sent again after it, doubling
 *     each time
 * @param giveUpAfter a delivery that has got no answer for so long fails its calls
 */
public record RouteSettings(
    int samplesInFlightMax,
    int deliveriesInFlightMax,
    int recoveriesInFlightMax,
    int samplesPerDeliveryMax,
    int batchesInFlightPerCallMax,
    Duration replyTimeout,
    Duration retryBackoff,
    Duration giveUpAfter) {

  public RouteSettings {
    atLeastOne("samples-in-flight-max", samplesInFlightMax);
    atLeastOne("deliveries-in-flight-max", deliveriesInFlightMax);
    atLeastOne("recoveries-in-flight-max", recoveriesInFlightMax);
    atLeastOne("samples-per-delivery-max", samplesPerDeliveryMax);
    atLeastOne("batches-in-flight-per-call-max", batchesInFlightPerCallMax);
    positive("reply-timeout", replyTimeout);
    positive("retry-backoff", retryBackoff);
    positive("give-up-after", giveUpAfter);
  }

  /** Reads {@code thalweg.route}. */
  public static RouteSettings from(Config config) {
    Config c = config.getConfig("thalweg.route");
    return new RouteSettings(
        c.getInt("samples-in-flight-max"),
        c.getInt("deliveries-in-flight-max"),
        c.getInt("recoveries-in-flight-max"),
        c.getInt("samples-per-delivery-max"),
        c.getInt("batches-in-flight-per-call-max"),
        c.getDuration("reply-timeout"),
        c.getDuration("retry-backoff"),
        c.getDuration("give-up-after"));
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("thalweg.route." + name + " must be at least 1: " + value);
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("thalweg.route." + name + " must be positive: " + value);
    }
  }
}
