package io.thalweg.cli.output;

import io.thalweg.json.ApiJson;
import java.time.Duration;
import java.util.Locale;

/** Shows times. */
public final class Times {
  private Times() {}

  /** ISO 8601 in UTC, with as many digits of the second as there are. */
  public static String iso(long unixNanos) {
    return ApiJson.iso(unixNanos);
  }

  /** {@code 1m0s}, {@code 250ms}. */
  public static String duration(long nanos) {
    return Duration.ofNanos(nanos).toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
