package io.thalweg.domain.window;

import java.time.Duration;

/** Which samples of a key are looked at together. */
public sealed interface WindowDefinition {

  /**
   * The newest {@code size} samples in order of arrival, moved on by each sample.
   *
   * @param size from 1 to 1,000,000 samples
   */
  record SlidingCount(int size) implements WindowDefinition {
    public static final int SIZE_MAX = 1_000_000;

    public SlidingCount {
      if (size < 1 || size > SIZE_MAX) {
        throw new IllegalArgumentException(
            "a sliding count window holds 1 to " + SIZE_MAX + " samples: " + size);
      }
    }
  }

  /**
   * Windows of event time: one starts at every multiple of {@code slideNanos} since 1970 and ends
   * {@code sizeNanos} later.
   *
   * @param sizeNanos a multiple of the slide, at most {@value #PANES_MAX} times as long
   * @param slideNanos at least a millisecond
   */
  record SlidingTime(long sizeNanos, long slideNanos) implements WindowDefinition {
    public static final int PANES_MAX = 100_000;

    public SlidingTime {
      if (slideNanos < 1_000_000) {
        throw new IllegalArgumentException(
            "a sliding time window's slide is at least 1 ms: " + Duration.ofNanos(slideNanos));
      }
      if (sizeNanos < slideNanos
          || sizeNanos % slideNanos != 0
          || sizeNanos / slideNanos > PANES_MAX) {
        throw new IllegalArgumentException(
            "a sliding time window's size is 1 to "
                + PANES_MAX
                + " times its slide: size "
                + Duration.ofNanos(sizeNanos)
                + ", slide "
                + Duration.ofNanos(slideNanos));
      }
    }
  }
}
