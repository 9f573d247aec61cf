package io.thalweg.journal;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Which events may be deleted. Described in {@code reference.conf} under {@code
 * thalweg.journal.retention}.
 */
record RetentionSettings(boolean enabled, long eventsKeptMin, Duration age, int stepEventsMax) {
  private static final String PATH = "thalweg.journal.retention";

  RetentionSettings {
    require(eventsKeptMin >= 0, "events-kept-min (>= 0)", eventsKeptMin);
    require(!age.isNegative(), "age (>= 0s)", age);
    require(
        stepEventsMax >= 1 && stepEventsMax <= 100_000,
        "step-events-max (1 to 100000)",
        stepEventsMax);
  }

  /** Reads {@code thalweg.journal.retention} of a system's configuration. */
  static RetentionSettings from(Config system) {
    Config config = system.getConfig(PATH);
    return new RetentionSettings(
        config.getBoolean("enabled"),
        config.getLong("events-kept-min"),
        config.getDuration("age"),
        config.getInt("step-events-max"));
  }

  private static void require(boolean holds, String what, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(PATH + "." + what + " must not be " + value);
    }
  }
}
