package io.thalweg.domain.detect;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The time of day in a zone, by halves of hours. The zone's offset is looked up once for all times
 * between two of its transitions, so that a time mostly costs neither a search nor an object.
 * Thread-safe.
 */
final class TimeOfDay {
  /** Into so many parts a day falls. */
  static final int PARTS = 48;

  private static final long NANOS = 1_000_000_000L;
  private static final long DAY_SECONDS = 86_400;
  private static final long PART_SECONDS = DAY_SECONDS / PARTS;
  private static final Map<ZoneId, TimeOfDay> ZONES = new ConcurrentHashMap<>();

  private final ZoneRules rules;
  private volatile Span span;

  /**
   * An offset and the time that it holds for, in seconds.
   *
   * @param from inclusive
   * @param until exclusive
   */
  private record Span(long from, long until, long offset) {}

  private TimeOfDay(ZoneRules rules) {
    this.rules = rules;
    span = spanAt(0);
  }

  static TimeOfDay in(ZoneId zone) {
    return ZONES.computeIfAbsent(zone, z -> new TimeOfDay(z.getRules()));
  }

  /** From 0 to below {@link #PARTS}. */
  int part(long timeNanos) {
    long seconds = Math.floorDiv(timeNanos, NANOS);
    Span now = span;
    if (seconds < now.from || seconds >= now.until) {
      now = spanAt(seconds);
      span = now;
    }
    return (int) (Math.floorMod(seconds + now.offset, DAY_SECONDS) / PART_SECONDS);
  }

  private Span spanAt(long seconds) {
    Instant time = Instant.ofEpochSecond(seconds);
    ZoneOffsetTransition before = rules.previousTransition(time.plusNanos(1));
    ZoneOffsetTransition after = rules.nextTransition(time);
    return new Span(
        before == null ? Long.MIN_VALUE : before.toEpochSecond(),
        after == null ? Long.MAX_VALUE : after.toEpochSecond(),
        rules.getOffset(time).getTotalSeconds());
  }
}
