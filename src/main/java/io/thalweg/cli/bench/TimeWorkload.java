package io.thalweg.cli.bench;

import io.thalweg.v1.KeyState;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.WindowDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Workload T: windows of event time that hop by a second. Each key has a sample in every second,
 * and up to two seconds of disorder.
 *
 * <p>The seconds of a key come in blocks of three, each block in one of the six orders of three. So
 * the first n samples are those of the first n seconds, but for the block that is under way; and
 * what is in a window that has closed is known without looking at what was sent.
 *
 * @param size of the windows, in seconds
 */
public record TimeWorkload(int size) implements Workload {
  /** Windows that overlap, of the server. */
  static final int SIZE_MAX = 100_000;

  private static final long SECOND = 1_000_000_000;
  private static final long MILLISECOND = 1_000_000;
  private static final int DISORDER_SECONDS = 2;
  private static final int BLOCK = DISORDER_SECONDS + 1;
  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  public TimeWorkload {
    if (size < 1 || size > SIZE_MAX) {
      throw new IllegalArgumentException("the window is 1 to 100,000 seconds long, not " + size);
    }
  }

  @Override
  public String name() {
    return "T";
  }

  @Override
  public String stream() {
    return "bench-t";
  }

  @Override
  public String definition() {
    return """
        bench-t {
          window { hopping { size = %ds, slide = 1s } }
          allowed-disorder = %ds
        }
        """
        .formatted(size, DISORDER_SECONDS);
  }

  @Override
  public Optional<String> difference(StreamDefinition actual) {
    WindowDefinition window = actual.getWindow();
    if (actual.getWindowsCount() != 1
        || window.getSlidingTime().getSizeNanos() != size * SECOND
        || window.getSlidingTime().getSlideNanos() != SECOND
        || window.getSlidingTime().getOffsetNanos() != 0) {
      return Optional.of(
          "its only window must be { hopping { size = %ds, slide = 1s } }".formatted(size));
    }
    if (actual.getAllowedDisorderNanos() != DISORDER_SECONDS * SECOND
        || actual.getAllowedLatenessNanos() != 0
        || actual.getIdleTimeoutNanos() != 0) {
      return Optional.of(
          "it must have allowed-disorder = %ds, and neither allowed-lateness nor idle-timeout"
              .formatted(DISORDER_SECONDS));
    }
    return Optional.empty();
  }

  @Override
  public long timeNanos(int key, long index) {
    long phase = key * 7L % 1_000 * MILLISECOND;
    return START_NANOS + second(key, index) * SECOND + phase;
  }

  /** Of its second, so that the values of a window follow from the seconds in it. */
  @Override
  public double value(int key, long index) {
    return Values.of(key, second(key, index));
  }

  @Override
  public Tally total(int key, long count) {
    return between(key, count, 0, Long.MAX_VALUE);
  }

  /** The one that closed last, and the open ones. */
  @Override
  public List<ExpectedWindow> windows(int key, long count) {
    if (count == 0) {
      return List.of();
    }
    long firstOpen = firstOpen(key, count);
    long first = closedCount(key, count) > 0 ? firstOpen - 1 : firstOpen;
    return LongStream.rangeClosed(first, newest(key, count))
        .mapToObj(start -> window(key, count, start, start < firstOpen))
        .filter(window -> window.tally().count() > 0)
        .toList();
  }

  @Override
  public long closedCount(int key, long count) {
    return count == 0 ? 0 : Math.max(0, firstOpen(key, count) - (1L - size));
  }

  @Override
  public ExpectedWindow closed(int key, long count, long place) {
    return window(key, count, 1L - size + place, true);
  }

  @Override
  public Optional<String> otherFlaw(int key, long count, KeyState state) {
    return state.getLate() == 0
        ? Optional.empty()
        : Optional.of(state.getLate() + " late samples, where all are in time");
  }

  /** The second that a sample belongs to; the first is 0. */
  private static long second(int key, long index) {
    int inBlock = (int) (index % BLOCK);
    int order = (int) ((index / BLOCK + key) % ORDERS.length);
    return index - inBlock + ORDERS[order][inBlock];
  }

  /** The largest second of the first samples. */
  private static long newest(int key, long count) {
    long whole = count - count % BLOCK;
    long newest = whole - 1;
    for (long index = whole; index < count; index++) {
      newest = Math.max(newest, second(key, index));
    }
    return newest;
  }

  /** The first second at which a window starts that the watermark has not passed. */
  private long firstOpen(int key, long count) {
    return newest(key, count) - DISORDER_SECONDS - size + 1;
  }

  private ExpectedWindow window(int key, long count, long start, boolean closed) {
    long startNanos = START_NANOS + start * SECOND;
    Tally tally = between(key, count, start, start + size);
    return new ExpectedWindow(startNanos, startNanos + size * SECOND, closed, tally);
  }

  /** What those of the first samples amount to that lie from one second to below another. */
  private static Tally between(int key, long count, long from, long to) {
    long whole = count - count % BLOCK;
    Tally tally = Values.range(key, Math.max(0, from), Math.min(to, whole));
    for (long index = whole; index < count; index++) {
      long second = second(key, index);
      if (second >= from && second < to) {
        tally = tally.plus(Values.one(key, second));
      }
    }
    return tally;
  }
}
