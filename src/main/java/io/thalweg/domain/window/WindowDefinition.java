package io.thalweg.domain.window;

import java.time.Duration;

/**
 * Which samples of a key are looked at together. Tumbling, hopping and session windows go by event
 * time and have late samples; the others go by arrival and have none.
 */
public sealed interface WindowDefinition {

  /**
   * Windows side by side: {@link Hopping} with a slide as long as the size.
   *
   * @param sizeNanos at least 1 ms
   * @param offsetNanos where the first one after 1970 starts; from 0 to the size, excluded
   */
  record Tumbling(long sizeNanos, long offsetNanos) implements WindowDefinition {
    public Tumbling {
      Hopping.check(sizeNanos, sizeNanos, offsetNanos);
    }
  }

  /**
   * Windows that overlap: one starts at every multiple of the slide since 1970, plus the offset.
   *
   * @param sizeNanos a multiple of the slide, at most {@value #PANES_MAX} times as long
   * @param slideNanos at least 1 ms
   * @param offsetNanos from 0 to the slide, excluded
   */
  record Hopping(long sizeNanos, long slideNanos, long offsetNanos) implements WindowDefinition {
    public static final int PANES_MAX = 100_000;

    public Hopping {
      check(sizeNanos, slideNanos, offsetNanos);
    }

    private static void check(long sizeNanos, long slideNanos, long offsetNanos) {
      if (slideNanos < 1_000_000) {
        throw new IllegalArgumentException(
            "a window of time lasts, and slides by, 1 ms or more: " + Duration.ofNanos(slideNanos));
      }
      if (sizeNanos < slideNanos
          || sizeNanos % slideNanos != 0
          || sizeNanos / slideNanos > PANES_MAX) {
        throw new IllegalArgumentException(
            "a hopping window's size is 1 to "
                + PANES_MAX
                + " times its slide: size "
                + Duration.ofNanos(sizeNanos)
                + ", slide "
                + Duration.ofNanos(slideNanos));
      }
      if (offsetNanos < 0 || offsetNanos >= slideNanos) {
        throw new IllegalArgumentException(
            "a window's offset is from 0 to below its slide: " + Duration.ofNanos(offsetNanos));
      }
    }
  }

  /**
   * Samples with no gap between them: a session ends when event time has gone on for as long as the
   * gap without a sample. A sample between two sessions may merge them.
   *
   * @param gapNanos at least 1 ms
   */
  record Session(long gapNanos) implements WindowDefinition {
    public Session {
      if (gapNanos < 1_000_000) {
        throw new IllegalArgumentException(
            "a session's gap is at least 1 ms: " + Duration.ofNanos(gapNanos));
      }
    }
  }

  /**
   * So many samples in order of arrival, then the next so many.
   *
   * @param size at least 1
   */
  record TumblingCount(long size) implements WindowDefinition {
    public TumblingCount {
      if (size < 1) {
        throw new IllegalArgumentException(
            "a tumbling count window holds at least 1 sample: " + size);
      }
    }
  }

  /**
   * The newest {@code size} samples in order of arrival, moved on by each sample. It never closes.
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

  /** All samples ever. It never closes. */
  record Total() implements WindowDefinition {}
}
