package io.thalweg.domain.window;

/**
 * How time is cut into slices, as wide as the slide, of which {@code panes} make a window. Slices
 * and windows are numbered by their start, so that window n has the slices from n to n + panes − 1.
 *
 * @param slideNanos a slice's width
 * @param panes how many slices make a window
 * @param offsetNanos where slice 0 starts; below the slide
 */
record Slicing(long slideNanos, int panes, long offsetNanos) {

  static Slicing of(WindowDefinition.Tumbling d) {
    return new Slicing(d.sizeNanos(), 1, d.offsetNanos());
  }

  static Slicing of(WindowDefinition.Hopping d) {
    return new Slicing(
        d.slideNanos(), Math.toIntExact(d.sizeNanos() / d.slideNanos()), d.offsetNanos());
  }

  /** The slice that a time lies in. */
  long numberOf(long timeNanos) {
    return Math.floorDiv(
        timeNanos < Long.MIN_VALUE + offsetNanos ? Long.MIN_VALUE : timeNanos - offsetNanos,
        slideNanos);
  }

  /** The start of a slice or window; of one that would start beyond the end of time: the end. */
  long startOf(long number) {
    long start = number * slideNanos;
    if (Math.multiplyHigh(number, slideNanos) != start >> 63) {
      return number < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return start > Long.MAX_VALUE - offsetNanos ? Long.MAX_VALUE : start + offsetNanos;
  }

  /** The end of a window. */
  long endOf(long number) {
    return startOf(number + panes);
  }

  /** The first window that a watermark leaves open; of the beginning of time: any. */
  long firstOpen(long watermarkNanos) {
    return watermarkNanos == Long.MIN_VALUE
        ? Long.MIN_VALUE / 2
        : numberOf(watermarkNanos) - panes + 1;
  }

  double sizeSeconds() {
    return slideNanos * 1e-9 * panes;
  }
}
