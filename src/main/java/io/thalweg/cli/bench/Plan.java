package io.thalweg.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a run does.
 *
 * @param rate samples per second, whatever the server does; empty: as many as there is room for
 * @param keys that the distribution spreads the load over
 * @param hotKey the part of the load that one further key takes, with a producer of its own; empty:
 *     there is none
 * @param seriesPerBatch of one request; of the hot key's one, with as many samples
 * @param inFlight samples that may be unacknowledged, of all producers together
 * @param windowsMax closed windows that are checked in the journal
 * @param liveHeap whether to measure what the server's heap holds
 */
public record Plan(
    Workload workload,
    OptionalDouble rate,
    int keys,
    Distribution distribution,
    long seed,
    OptionalDouble hotKey,
    int seriesPerBatch,
    int samplesPerSeries,
    int producers,
    int connections,
    int inFlight,
    int warmUpSeconds,
    int seconds,
    long windowsMax,
    boolean liveHeap) {

  /** Far below what a message of 4 MiB holds. */
  static final int BATCH_SAMPLES_MAX = 100_000;

  private static final int KEYS_MAX = 10_000_000;
  private static final int SERIES_MAX = 32_768;
  private static final int PRODUCERS_MAX = 256;
  private static final int IN_FLIGHT_MAX = 10_000_000;
  private static final int SECONDS_MAX = 86_400;

  /** What is wrong is said by the name of the option that sets it. */
  public Plan {
    requireWithin("--keys", keys, 1, KEYS_MAX);
    requireWithin("--series-per-batch", seriesPerBatch, 1, SERIES_MAX);
    requireWithin("--samples-per-series", samplesPerSeries, 1, BATCH_SAMPLES_MAX / seriesPerBatch);
    requireWithin("--producers", producers, 1, Math.min(PRODUCERS_MAX, keys));
    requireWithin("--connections", connections, 1, producers);
    requireWithin("--in-flight", inFlight, 1, IN_FLIGHT_MAX);
    requireWithin("--warm-up", warmUpSeconds, 0, SECONDS_MAX);
    requireWithin("--seconds", seconds, 1, SECONDS_MAX);
    if (rate.isPresent() && !(rate.getAsDouble() > 0 && rate.getAsDouble() <= 1e9)) {
      throw new IllegalArgumentException(
          "--rate must be max or above 0, not " + rate.getAsDouble());
    }
    if (hotKey.isPresent() && !(hotKey.getAsDouble() > 0 && hotKey.getAsDouble() < 1)) {
      throw new IllegalArgumentException(
          "--hot-key must be between 0 and 1, not " + hotKey.getAsDouble());
    }
    if (windowsMax < 0) {
      throw new IllegalArgumentException("--check-windows must be at least 0, not " + windowsMax);
    }
  }

  /**
   * What one producer sends.
   *
   * @param share of all samples
   * @param hot whether it sends the hot key, and only that
   */
  record Lane(
      KeyChoice choice, double share, boolean hot, int seriesPerBatch, int samplesPerSeries) {
    int batchSamples() {
      return seriesPerBatch * samplesPerSeries;
    }

    BatchMaker maker(Workload workload, KeyNames names, long[] made) {
      return new BatchMaker(workload, choice, names, made, seriesPerBatch, samplesPerSeries);
    }
  }

  /** The hot key is the last one. */
  int allKeys() {
    return keys + (hotKey.isPresent() ? 1 : 0);
  }

  List<Lane> lanes() {
    double others = 1 - hotKey.orElse(0);
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      KeyChoice choice = distribution.choice(new KeyChoice.Own(i, producers, keys), seed + i);
      double share = choice.share() * others;
      lanes.add(new Lane(choice, share, false, seriesPerBatch, samplesPerSeries));
    }
    hotKey.ifPresent(
        share ->
            lanes.add(
                new Lane(
                    new KeyChoice.Only(keys, 1),
                    share,
                    true,
                    1,
                    seriesPerBatch * samplesPerSeries)));
    return lanes;
  }

  /** Each producer has room for its share of the samples, and for a batch. */
  int batchesInFlight(Lane lane) {
    return (int) Math.max(1, Math.round(inFlight * lane.share() / lane.batchSamples()));
  }

  /**
   * @param startNanos when the run begins
   * @param phase from 0 to below 1, so that producers take turns
   */
  Pace pace(Lane lane, Ticker ticker, long startNanos, double phase) {
    if (rate.isEmpty()) {
      return new Pace.Closed(ticker);
    }
    double interval = lane.batchSamples() / (rate.getAsDouble() * lane.share()) * 1e9;
    return new Pace.Open(ticker, startNanos + Math.round(interval * phase), interval);
  }

  static void requireWithin(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, not %d".formatted(option, min, max, value));
    }
  }
}
