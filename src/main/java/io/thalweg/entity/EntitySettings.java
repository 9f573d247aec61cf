package io.thalweg.entity;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The bounds of the keys, {@code thalweg.entity}.
 *
 * @param snapshotEveryEvents a key takes a snapshot after every so many events; at least 1
 * @param recoveryBackoff how long a key whose journal is damaged waits before it is tried again
 * @param unavailableBackoff the same, where the journal did not answer; at most recoveryBackoff
 * @param activeMax keys in a node's memory; beyond it those not used for longest leave
 * @param passivateAfter a key without samples and questions for so long leaves
 */
public record EntitySettings(
    int snapshotEveryEvents,
    Duration recoveryBackoff,
    Duration unavailableBackoff,
    int activeMax,
    Duration passivateAfter) {
  private static final int ACTIVE_MAX = 100_000;
  private static final int ACTIVE_MIN = 1_000;
  private static final int KEY_BYTES = 16 << 10;
  private static final Duration PASSIVATE_AFTER = Duration.ofMinutes(10);

  public EntitySettings {
    if (activeMax < 1) {
      throw new IllegalArgumentException(
          "thalweg.entity.active-max must be at least 1: " + activeMax);
    }
    if (passivateAfter.toMillis() < 1) {
      throw new IllegalArgumentException(
          "thalweg.entity.passivate-after must be at least 1ms: " + passivateAfter);
    }
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
    this(snapshotEveryEvents, recoveryBackoff, recoveryBackoff, ACTIVE_MAX, PASSIVATE_AFTER);
  }

  /** Reads {@code thalweg.entity}. */
  public static EntitySettings from(Config config) {
    Config c = config.getConfig("thalweg.entity");
    return new EntitySettings(
        c.getInt("snapshot-every-events"),
        c.getDuration("recovery-backoff"),
        c.getDuration("unavailable-backoff"),
        c.getString("active-max").equals("auto")
            ? activeMax(Runtime.getRuntime().maxMemory())
            : c.getInt("active-max"),
        c.getDuration("passivate-after"));
  }

  /** What fits into two fifths of a heap, if keys are large, up to the usual number. */
  static int activeMax(long heapBytes) {
    return (int) Math.clamp(heapBytes / 5 * 2 / KEY_BYTES, ACTIVE_MIN, ACTIVE_MAX);
  }
}
