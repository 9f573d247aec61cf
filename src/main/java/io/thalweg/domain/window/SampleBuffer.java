package io.thalweg.domain.window;

/**
 * The arrays that successive versions of a {@link SlidingCountWindow} share. See there for who may
 * write what.
 */
final class SampleBuffer {
  private static final int SLOTS_MIN = 16;

  final long[] timesNanos;
  final double[] values;

  /** Slots below this one were written, for whatever version. */
  int written;

  /** Of the version that ends at {@link #written}: what the front's samples amount to. */
  final FrontStack front;

  SampleBuffer(int slots, FrontStack front) {
    timesNanos = new long[slots];
    values = new double[slots];
    this.front = front;
  }

  /** With room for as many samples again, up to twice the window's size. */
  static SampleBuffer roomFor(int samples, int size, FrontStack front) {
    return new SampleBuffer(Math.max(SLOTS_MIN, 2 * Math.min(samples, size)), front);
  }

  boolean isFull() {
    return written == values.length;
  }

  /** Takes over samples from a buffer; it may be this one. */
  void takeOver(SampleBuffer from, int head, int count) {
    System.arraycopy(from.timesNanos, head, timesNanos, 0, count);
    System.arraycopy(from.values, head, values, 0, count);
    written = count;
  }

  /** Keeps every version that ends here from going on in these arrays. */
  void abandon() {
    written = values.length + 1;
  }
}
