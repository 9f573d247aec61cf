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

  public BacktestSettings {
    atLeastOne("concurrent-max", concurrentMax);
    atLeastOne("events-per-second-max", eventsPerSecondMax);
    atLeastOne("samples-per-event", samplesPerEvent);
  }

  /** Reads {@code thalweg.backtest}. */
  public static BacktestSettings from(Config config) {
    Config c = config.getConfig("thalweg.backtest");
    return new BacktestSettings(
        c.getInt("concurrent-max"),
        c.getInt("events-per-second-max"),
        c.getInt("samples-per-event"));
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "thalweg.backtest." + name + " must be at least 1: " + value);
    }
  }
}
