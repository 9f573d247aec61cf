package io.thalweg.domain.window;

import io.thalweg.domain.stats.Total;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is stored of a key's windows: what can't be computed again. Equal where all bits are equal.
 */
public sealed interface WindowSnapshot {

  /**
   * Of a sliding count window. The arrays are handed over: nobody changes them.
   *
   * @param centre what the moments are centred on
   * @param front how many of the samples, from the oldest on, were there when the centre was chosen
   * @param timesNanos event times, oldest arrival first
   * @param values as many as there are times
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, to spare a copy of the window.
  record SlidingCount(double centre, int front, long[] timesNanos, double[] values)
      implements WindowSnapshot {
    public SlidingCount {
      if (timesNanos.length != values.length) {
        throw new IllegalArgumentException(
            "a window has as many times as values: " + timesNanos.length + " and " + values.length);
      }
      if (front < 0 || front > values.length) {
        throw new IllegalArgumentException(
            "the front of " + values.length + " samples has 0 to all of them: " + front);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof SlidingCount that
          && Double.compare(centre, that.centre) == 0
          && front == that.front
          && Arrays.equals(timesNanos, that.timesNanos)
          && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * Arrays.hashCode(timesNanos) + Arrays.hashCode(values)) + front;
    }
  }

  /**
   * Of sliding time windows. A window's number is its start divided by the slide.
   *
   * @param firstOpen the number of the first window that is not closed; {@link Long#MIN_VALUE}
   *     before the first sample
   * @param lastClosed the window that closed last
   * @param slices those that hold samples of open windows, by ascending number
   */
  record SlidingTime(long firstOpen, Optional<Window> lastClosed, List<Slice> slices)
      implements WindowSnapshot {
    public SlidingTime {
      slices = List.copyOf(slices);
    }
  }

  /**
   * The samples of one slide's width.
   *
   * @param number its start divided by the slide
   * @param total of its samples; at least one
   */
  record Slice(long number, Total total) {}
}
