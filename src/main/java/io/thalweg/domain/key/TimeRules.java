package io.thalweg.domain.key;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How a stream deals with time. All durations are nanoseconds and at least 0.
 *
 * @param allowedDisorderNanos a key's watermark is its largest event time minus this
 * @param allowedLatenessNanos for so long after the watermark has passed a window's end, samples
 *     still change it and it is told of again
 * @param idleTimeoutNanos a key without a sample for so long, by the clock, closes its windows; 0:
 *     never
 * @param futureBoundNanos how far ahead of the server's clock an event time may be
 * @param zone whose days and hours a detector goes by that looks at the time of day
 */
public record TimeRules(
    long allowedDisorderNanos,
    long allowedLatenessNanos,
    long idleTimeoutNanos,
    long futureBoundNanos,
    ZoneId zone) {

  public TimeRules {
    check("allowed disorder", allowedDisorderNanos);
    check("allowed lateness", allowedLatenessNanos);
    check("idle timeout", idleTimeoutNanos);
    check("bound on the future", futureBoundNanos);
  }

  /** With days and hours of UTC. */
  public TimeRules(
      long allowedDisorderNanos,
      long allowedLatenessNanos,
      long idleTimeoutNanos,
      long futureBoundNanos) {
    this(
        allowedDisorderNanos,
        allowedLatenessNanos,
        idleTimeoutNanos,
        futureBoundNanos,
        ZoneOffset.UTC);
  }

  /** The watermark of a key whose largest event time this is; not below the beginning of time. */
  long watermarkNanos(long timeMaxNanos) {
    long watermark = timeMaxNanos - allowedDisorderNanos;
    return watermark <= timeMaxNanos ? watermark : Long.MIN_VALUE;
  }

  /** Whether windows close at the same times, and stay closed for samples that come after. */
  boolean closesLike(TimeRules other) {
    return allowedDisorderNanos == other.allowedDisorderNanos
        && allowedLatenessNanos == other.allowedLatenessNanos
        && idleTimeoutNanos == other.idleTimeoutNanos;
  }

  private static void check(String what, long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException(
          "the " + what + " is not negative: " + Duration.ofNanos(nanos));
    }
  }
}
