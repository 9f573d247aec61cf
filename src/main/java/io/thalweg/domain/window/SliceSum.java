package io.thalweg.domain.window;

import io.thalweg.domain.stats.Extras;
import io.thalweg.domain.stats.Moments;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.stats.TotalFold;

/**
 * A running sum of slices around one centre: a commutative monoid that is added to in place. A
 * slice's own moments, whose centre is one of its values, are moved to the common centre as they
 * come in; that costs no digits that the common centre would not cost anyway.
 */
final class SliceSum {
  private static final double SQUARABLE_MAX = 1e144;
  private static final double DEVIATION_MAX = 1e290;

  private final Statistics statistics;
  private double centre;
  private double count;
  private double sum;
  private double squares;
  private double min;
  private double max;
  private Extras extras = Extras.NONE;

  SliceSum(Statistics statistics) {
    this.statistics = statistics;
  }

  SliceSum copy() {
    SliceSum copy = new SliceSum(statistics);
    copy.reset(centre);
    copy.add(count, sum, squares, min, max, extras);
    return copy;
  }

  void reset(double newCentre) {
    centre = newCentre;
    count = 0;
    sum = 0;
    squares = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
    extras = Extras.NONE;
  }

  void add(SliceBuffer slices, int slot) {
    double n = slices.count(slot);
    double s = slices.sum(slot);
    double q = slices.squares(slot);
    addMoved(slices.centre(slot), n, s, q, slices.min(slot), slices.max(slot));
    addExtras(slices.extras(slot));
  }

  void add(LiveSlice slice) {
    TotalFold t = slice.fold().total();
    addMoved(t.centre(), t.count(), t.sum(), t.squares(), t.min(), t.max());
    addExtras(slice.extras());
  }

  /** Adds the deepest levels of a stack around the same centre; of depth 0: nothing. */
  void add(SliceStack stack, int depth) {
    if (depth > 0) {
      add(
          stack.count(depth),
          stack.sum(depth),
          stack.squares(depth),
          stack.min(depth),
          stack.max(depth),
          stack.extras(depth));
    }
  }

  void add(SliceSum that) {
    add(that.count, that.sum, that.squares, that.min, that.max, that.extras);
  }

  boolean isCentreOutside() {
    return count > 0 && (centre < min || centre > max);
  }

  double centre() {
    return centre;
  }

  double countAsDouble() {
    return count;
  }

  double sum() {
    return sum;
  }

  double squares() {
    return squares;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  Extras extras() {
    return extras;
  }

  long count() {
    return (long) count;
  }

  /** The basic statistics. */
  Summary summary() {
    return new Moments((long) count, centre, sum, squares, min, max).summary();
  }

  private void addMoved(double from, double n, double s, double q, double low, double high) {
    double shift = from - centre;
    if (Math.abs(shift) <= SQUARABLE_MAX && q < Double.MAX_VALUE) {
      sum += s + n * shift;
      squares += q + shift * (2 * s + n * shift);
    } else {
      sum += s + n * Math.max(-DEVIATION_MAX, Math.min(DEVIATION_MAX, shift));
      squares = Double.POSITIVE_INFINITY;
    }
    count += n;
    min = low < min ? low : min;
    max = high > max ? high : max;
  }

  private void addExtras(Extras more) {
    if (more != Extras.NONE) {
      extras = extras.plus(more, statistics);
    }
  }

  private void add(double n, double s, double q, double low, double high, Extras more) {
    count += n;
    sum += s;
    squares += q;
    min = low < min ? low : min;
    max = high > max ? high : max;
    addExtras(more);
  }
}
