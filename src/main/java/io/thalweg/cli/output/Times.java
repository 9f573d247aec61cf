package io.thalweg.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Shows times. */
public final class Times {
  private static final long NANOS = 1_000_000_000L;

  private Times() {}

  /** ISO 8601 in UTC, with as many digits of the second as there are. */
  public static String iso(long unixNanos) {
    return Instant.ofEpochSecond(Math.floorDiv(unixNanos, NANOS), Math.floorMod(unixNanos, NANOS))
        .toString();
  }

  /** {@code 1m0s}, {@code 250ms}. */
  public static String duration(long nanos) {
    return Duration.ofNanos(nanos).toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
