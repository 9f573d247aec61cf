package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
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
   * Of tumbling and hopping windows. Slices and windows are numbered by their start, less the
   * offset, divided by the slide.
   *
   * @param watermarkNanos up to which windows have closed; {@link Long#MIN_VALUE} at first
   * @param centre what the moments of the settled slices are centred on
   * @param frontEnd below this number settled slices were there when the centre was chosen
   * @param slices those that hold samples of windows that are not gone yet, by ascending number
   * @param revisions of windows that were told of as closed more than once, by ascending number
   * @param lastClosed the window that closed last
   */
  record Hopping(
      long watermarkNanos,
      double centre,
      long frontEnd,
      List<Slice> slices,
      List<Revision> revisions,
      Optional<Window> lastClosed)
      implements WindowSnapshot {
    public Hopping {
      slices = List.copyOf(slices);
      revisions = List.copyOf(revisions);
    }
  }

  /**
   * The samples of one slide's width.
   *
   * @param number its start, less the offset, divided by the slide
   * @param aggregate of its samples; at least one
   */
  record Slice(long number, Aggregate aggregate) {}

  /**
   * Which revision of a closed window was told last.
   *
   * @param number the window's
   * @param revision from 1 on
   */
  record Revision(long number, int revision) {}

  /**
   * Of sessions.
   *
   * @param watermarkNanos up to which sessions have closed; {@link Long#MIN_VALUE} at first
   * @param sessions that are not gone yet, by ascending time
   * @param lastClosed the session that closed last
   */
  record Sessions(long watermarkNanos, List<Session> sessions, Optional<Window> lastClosed)
      implements WindowSnapshot {
    public Sessions {
      sessions = List.copyOf(sessions);
    }
  }

  /**
   * One session.
   *
   * @param firstNanos its smallest event time
   * @param lastNanos its largest event time
   * @param told how often it was told of as closed
   * @param aggregate of its samples; at least one
   */
  record Session(long firstNanos, long lastNanos, int told, Aggregate aggregate) {}

  /**
   * Of tumbling count windows and of the total.
   *
   * @param firstNanos the time of the first sample of the open window; 0 where it has none
   * @param lastNanos the time of the last one
   * @param aggregate of its samples
   * @param lastClosed the window that closed last
   */
  record Running(long firstNanos, long lastNanos, Aggregate aggregate, Optional<Window> lastClosed)
      implements WindowSnapshot {}
}
