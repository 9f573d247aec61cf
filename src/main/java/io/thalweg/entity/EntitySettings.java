package io.thalweg.entity;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The bounds of the keys, {@code thalweg.entity}.
 *
 * @param snapshotEveryEvents a key takes a snapshot after every so many events; at least 1
 * @param recoveryBackoff how long a key whose journal is damaged waits before it is tried again
 * @param unavailableBackoff the same, where the journal did not answer; at most recoveryBackoff
 */
public record EntitySettings(
    int snapshotEveryEvents, Duration recoveryBackoff, Duration unavailableBackoff) {
  public EntitySettings {
    if (snapshotEveryEvents < 1) {
      throw new IllegalArgumentException(
          "thalweg.entity.snapshot-every-events must be at least 1: " + snapshotEveryEvents);
    }
    if (recoveryBackoff.isNegative() || recoveryBackoff.isZero()) {
      throw new IllegalArgumentException(
          "thalweg.entity.recovery-backoff must be positive: " + recoveryBackoff);
    }
    if (unavailableBackoff.isNegative()
        || unavailableBackoff.isZero()
        || unavailableBackoff.compareTo(recoveryBackoff) > 0) {
      throw new IllegalArgumentException(
          "thalweg.entity.unavailable-backoff must be positive and at most recovery-backoff: "
              + unavailableBackoff);
    }
  }

  /** With the same backoff whatever the reason. */
  public EntitySettings(int snapshotEveryEvents, Duration recoveryBackoff) {
    this(snapshotEveryEvents, recoveryBackoff, recoveryBackoff);
  }

  /** Reads {@code thalweg.entity}. */
  public static EntitySettings from(Config config) {
    Config c = config.getConfig("thalweg.entity");
    return new EntitySettings(
        c.getInt("snapshot-every-events"),
        c.getDuration("recovery-backoff"),
        c.getDuration("unavailable-backoff"));
  }
}
