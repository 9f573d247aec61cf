package io.thalweg.domain.window;

import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.Moments;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.stats.Total;
import io.thalweg.domain.stats.TotalFold;
import io.thalweg.domain.window.WindowSnapshot.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Moves {@link SlidingTimeWindows} on. One slice at a time is open for adding; a judge sees it
 * merged with the rest of its newest window, which is merged once and kept until the slice changes.
 */
final class SlidingTimeFold implements WindowFold, LiveSummary {
  private final WindowDefinition.SlidingTime definition;
  private final long panes;

  /** By ascending number, without the open one. */
  private final List<Slice> settled;

  private long firstOpen;
  private Optional<Window> lastClosed;

  /** Before this watermark no window closes. */
  private long nextCloseNanos;

  private long openNumber;
  private TotalFold open = Total.EMPTY.fold();

  /** Of the newest window of the slice that was judged last. */
  private RestOfWindow rest;

  SlidingTimeFold(SlidingTimeWindows windows) {
    WindowSnapshot.SlidingTime from = windows.state();
    definition = windows.definition();
    rest = windows.rest();
    panes = SlidingTimeWindows.panes(definition);
    settled = new ArrayList<>(from.slices());
    lastClosed = from.lastClosed();
    openFrom(from.firstOpen());
  }

  @Override
  public boolean open(long timeNanos) {
    long number = Math.floorDiv(timeNanos, definition.slideNanos());
    if (number < firstOpen) {
      return false;
    }
    if (number != openNumber || open.count() == 0) {
      settle();
      take(number);
    }
    return true;
  }

  @Override
  public LiveSummary before() {
    return this;
  }

  @Override
  public void add(long timeNanos, double value) {
    open.add(value);
  }

  @Override
  public void advance(long watermarkNanos, Consumer<Window> closed) {
    if (watermarkNanos < nextCloseNanos) {
      return;
    }
    long last = Math.floorDiv(watermarkNanos, definition.slideNanos()) - panes;
    if (last < firstOpen) {
      return;
    }
    settle();
    SlidingTimeWindows.forEach(
        definition,
        settled,
        firstOpen,
        last,
        true,
        window -> {
          lastClosed = Optional.of(window);
          closed.accept(window);
        });
    openFrom(last + 1);
    rest = RestOfWindow.UNKNOWN;
    settled.removeIf(slice -> slice.number() < firstOpen);
  }

  @Override
  public SlidingTimeWindows freeze() {
    settle();
    return new SlidingTimeWindows(
        definition, new WindowSnapshot.SlidingTime(firstOpen, lastClosed, settled), rest);
  }

  @Override
  public long count() {
    return rest().count() + open.count();
  }

  @Override
  public double mean() {
    return count() == 0 ? 0 : Moments.mean(count(), centre(), sum());
  }

  @Override
  public double variance() {
    return count() == 0 ? 0 : Moments.variance(count(), sum(), squares());
  }

  @Override
  public Summary summary() {
    return rest().plus(open.total()).summary();
  }

  private Total rest() {
    if (!rest.isKnownOf(openNumber)) {
      int from = indexOf(openNumber - panes + 1);
      Total total = SlidingTimeWindows.totalOf(settled, from < 0 ? -from - 1 : from, openNumber);
      rest = new RestOfWindow(true, openNumber, total);
    }
    return rest.total();
  }

  private double centre() {
    return rest().count() == 0 ? open.centre() : rest().centre();
  }

  private double sum() {
    double shift = Moments.deviation(open.centre(), centre());
    return rest().sum() + (open.sum() + open.count() * shift);
  }

  private double squares() {
    double shift = Moments.deviation(open.centre(), centre());
    return rest().squares() + (open.squares() + shift * (2 * open.sum() + open.count() * shift));
  }

  private void openFrom(long number) {
    firstOpen = number;
    nextCloseNanos = SlidingTimeWindows.startOf(definition, number + panes);
  }

  /** Puts the open slice back among the others; none is open afterwards. */
  private void settle() {
    if (open.count() == 0) {
      return;
    }
    if (!rest.isKnownOf(openNumber)) {
      rest = RestOfWindow.UNKNOWN;
    }
    settled.add(-indexOf(openNumber) - 1, new Slice(openNumber, open.total()));
    open = Total.EMPTY.fold();
  }

  private void take(long number) {
    openNumber = number;
    int index = indexOf(number);
    open = (index < 0 ? Total.EMPTY : settled.remove(index).total()).fold();
  }

  /** Where the slice stands among the settled ones, or −1 − where it would. */
  private int indexOf(long number) {
    int low = 0;
    int high = settled.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (settled.get(middle).number() < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < settled.size() && settled.get(low).number() == number ? low : -1 - low;
  }
}
