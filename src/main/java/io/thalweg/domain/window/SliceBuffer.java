package io.thalweg.domain.window;

import io.thalweg.domain.stats.Extras;
import io.thalweg.domain.stats.Total;
import io.thalweg.domain.stats.TotalFold;
import org.jspecify.annotations.Nullable;

/**
 * The settled slices that successive versions of {@link HoppingWindows} share: flat, 56 bytes each.
 * A successor writes behind the last slot of the version before it; {@link #written} says how far
 * anyone has written, as in a {@link SampleBuffer}.
 */
final class SliceBuffer {
  private static final int SLOTS_MIN = 4;
  private static final int FIELDS = 6;

  private final long[] numbers;

  /** Per slice: count, centre, sum and squares of the deviations from it, min, max. */
  private final double[] fields;

  /** Where any are kept. */
  private final Extras @Nullable [] extras;

  /** Of the version that ends at {@link #written}. */
  final SliceStack front;

  int written;

  SliceBuffer(int slots, boolean keepsExtras, SliceStack front) {
    numbers = new long[slots];
    fields = new double[FIELDS * slots];
    extras = keepsExtras ? new Extras[slots] : null;
    this.front = front;
  }

  /** With room for as many slices again. */
  SliceBuffer roomFor(int slices, SliceStack stack) {
    return new SliceBuffer(Math.max(SLOTS_MIN, 2 * slices), extras != null, stack);
  }

  boolean isFull() {
    return written == numbers.length;
  }

  int slots() {
    return numbers.length;
  }

  /** Takes over slices from a buffer; it may be this one. */
  void takeOver(SliceBuffer from, int first, int end, int to) {
    int count = end - first;
    System.arraycopy(from.numbers, first, numbers, to, count);
    System.arraycopy(from.fields, FIELDS * first, fields, FIELDS * to, FIELDS * count);
    if (extras != null && from.extras != null) {
      System.arraycopy(from.extras, first, extras, to, count);
    }
    written = to + count;
  }

  /** Keeps every version that ends here from going on in these arrays. */
  void abandon() {
    written = numbers.length + 1;
  }

  void append(long number, TotalFold total, Extras kept) {
    set(written++, number, total.count(), total.centre(), total.sum(), total.squares());
    extremes(written - 1, total.min(), total.max(), kept);
  }

  void append(long number, Total total, Extras kept) {
    put(written++, number, total, kept);
  }

  void put(int slot, long number, Total t, Extras kept) {
    double squares = t.isFar() ? t.squares() : t.squares() + t.squaresRest();
    set(slot, number, t.count(), t.centre(), t.sum() + t.sumRest(), squares);
    extremes(slot, t.min(), t.max(), kept);
  }

  long number(int slot) {
    return numbers[slot];
  }

  double count(int slot) {
    return fields[FIELDS * slot];
  }

  double centre(int slot) {
    return fields[FIELDS * slot + 1];
  }

  double sum(int slot) {
    return fields[FIELDS * slot + 2];
  }

  double squares(int slot) {
    return fields[FIELDS * slot + 3];
  }

  double min(int slot) {
    return fields[FIELDS * slot + 4];
  }

  double max(int slot) {
    return fields[FIELDS * slot + 5];
  }

  Total total(int slot) {
    return new Total(
        (long) count(slot), centre(slot), sum(slot), 0, squares(slot), 0, min(slot), max(slot));
  }

  Extras extras(int slot) {
    return extras == null ? Extras.NONE : extras[slot];
  }

  /** The first of some slots whose slice has at least this number, or their end. */
  int find(long number, int first, int end) {
    int low = first;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (numbers[middle] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void set(int slot, long number, long count, double centre, double sum, double squares) {
    numbers[slot] = number;
    int at = FIELDS * slot;
    fields[at] = count;
    fields[at + 1] = centre;
    fields[at + 2] = sum;
    fields[at + 3] = squares;
  }

  private void extremes(int slot, double min, double max, Extras kept) {
    fields[FIELDS * slot + 4] = min;
    fields[FIELDS * slot + 5] = max;
    if (extras != null) {
      extras[slot] = kept;
    }
  }
}
