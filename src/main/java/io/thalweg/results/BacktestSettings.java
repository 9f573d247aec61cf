package io.thalweg.results;

import com.typesafe.config.Config;

/**
 * How slowly backtests run, {@code thalweg.backtest}.
 *
 * @param concurrentMax backtests at a time
 * @param eventsPerSecondMax events that each of them folds within a second
 * @param samplesPerEvent an event of more samples counts as several: one for each so many
 */
public record BacktestSettings(int concurrentMax, int eventsPerSecondMax, int samplesPerEvent) {
  /** The threads that fold. */
  static final String DISPATCHER = "thalweg.backtest-dispatcher";

  private static final int CONCURRENT_LIMIT = 100;
  private static final int RATE_LIMIT = 1_000_000;

  public BacktestSettings {
    check("concurrent-max", concurrentMax, CONCURRENT_LIMIT);
    check("events-per-second-max", eventsPerSecondMax, RATE_LIMIT);
    check("samples-per-event", samplesPerEvent, RATE_LIMIT);
  }

  /** Reads {@code thalweg.backtest}. */
  public static BacktestSettings from(Config config) {
    Config c = config.getConfig("thalweg.backtest");
    return new BacktestSettings(
        c.getInt("concurrent-max"),
        c.getInt("events-per-second-max"),
        c.getInt("samples-per-event"));
  }

  private static void check(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "thalweg.backtest.%s must be from 1 to %,d: %d".formatted(name, max, value));
    }
  }
}
