package io.thalweg.domain.window;

import io.thalweg.domain.stats.Total;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Windows of event time that overlap. Samples are summed up in slices as wide as the slide; a
 * window is so many slices. Windows and slices are numbered by their start divided by the slide, so
 * that window n has the slices from n to n + {@link #panes} − 1.
 *
 * <p>Closing, telling and restarting a judge merge the slices of a window anew: O(size ÷ slide) for
 * each window. A batch copies the list of the slices that hold samples.
 */
record SlidingTimeWindows(
    WindowDefinition.SlidingTime definition, WindowSnapshot.SlidingTime state, RestOfWindow rest)
    implements Windows {

  static SlidingTimeWindows empty(WindowDefinition.SlidingTime definition) {
    return restore(
        definition, new WindowSnapshot.SlidingTime(Long.MIN_VALUE, Optional.empty(), List.of()));
  }

  static SlidingTimeWindows restore(
      WindowDefinition.SlidingTime definition, WindowSnapshot.SlidingTime snapshot) {
    return new SlidingTimeWindows(definition, snapshot, RestOfWindow.UNKNOWN);
  }

  @Override
  public SlidingTimeFold fold() {
    return new SlidingTimeFold(this);
  }

  @Override
  public List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    state.lastClosed().ifPresent(windows::add);
    forEach(definition, state.slices(), state.firstOpen(), Long.MAX_VALUE, false, windows::add);
    return List.copyOf(windows);
  }

  @Override
  public WindowSnapshot.SlidingTime snapshot() {
    return state;
  }

  /** Tells the windows from the first to the last number that hold samples, and no others. */
  static void forEach(
      WindowDefinition.SlidingTime definition,
      List<WindowSnapshot.Slice> slices,
      long first,
      long last,
      boolean closed,
      Consumer<Window> consumer) {
    long panes = panes(definition);
    long number = first;
    int from = 0;
    while (from < slices.size()) {
      number = Math.max(number, slices.get(from).number() - panes + 1);
      if (number > last) {
        return;
      }
      Total total = totalOf(slices, from, number + panes);
      consumer.accept(
          new Window(
              startOf(definition, number),
              startOf(definition, number + panes),
              closed,
              total.summary()));
      number++;
      while (from < slices.size() && slices.get(from).number() < number) {
        from++;
      }
    }
  }

  /** Merges the slices from an index on whose numbers are below a bound. */
  static Total totalOf(List<WindowSnapshot.Slice> slices, int from, long below) {
    Total total = Total.EMPTY;
    for (int i = from; i < slices.size() && slices.get(i).number() < below; i++) {
      total = total.plus(slices.get(i).total());
    }
    return total;
  }

  /** How many slices make a window. */
  static long panes(WindowDefinition.SlidingTime definition) {
    return definition.sizeNanos() / definition.slideNanos();
  }

  /** The start of a slice or window; of one that would start after the end of time: the end. */
  static long startOf(WindowDefinition.SlidingTime definition, long number) {
    long slide = definition.slideNanos();
    long start = number * slide;
    long high = Math.multiplyHigh(number, slide);
    if (high == start >> 63) {
      return start;
    }
    return number < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
