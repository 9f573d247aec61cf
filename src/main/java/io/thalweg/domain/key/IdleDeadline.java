package io.thalweg.domain.key;

import java.util.Optional;

/**
 * When a key is to be looked at because no sample may have come. It is stored with the event that
 * set it, as a tag, so that it is as durable as the event, and a key that is not in memory by then
 * is found.
 *
 * <p>Rounded up to an eighth of the idle timeout, so that a busy key sets a new one now and then
 * instead of with each event.
 *
 * @param atNanos by the clock, nanoseconds since 1970
 */
public record IdleDeadline(long atNanos) {
  private static final String TAG = "idle-at:";
  private static final long ROUNDED_TO_MIN_NANOS = 100_000_000;
  private static final int PARTS = 8;

  /** The next one at or after a time. */
  static IdleDeadline from(long nanos, long idleTimeoutNanos) {
    long step = Math.max(ROUNDED_TO_MIN_NANOS, idleTimeoutNanos / PARTS);
    long over = Math.floorMod(nanos, step);
    long missing = over == 0 ? 0 : step - over;
    return new IdleDeadline(nanos > Long.MAX_VALUE - missing ? Long.MAX_VALUE : nanos + missing);
  }

  /** As an event's tag. */
  public String tag() {
    return TAG + atNanos;
  }

  /** Empty where the tag is of another kind. */
  public static Optional<IdleDeadline> ofTag(String tag) {
    return tag.startsWith(TAG)
        ? Optional.of(new IdleDeadline(Long.parseLong(tag.substring(TAG.length()))))
        : Optional.empty();
  }
}
