package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.AggregateFold;
import io.thalweg.domain.stats.Extras;
import io.thalweg.domain.stats.Moments;
import io.thalweg.domain.stats.Summary;
import java.util.Arrays;
import java.util.List;

/**
 * The newest samples of a key, as many as the window's size, and their moments.
 *
 * <p><b>Algorithm.</b> Two stacks (Tangwongsan, Hirzel and Schneider, "In-order sliding-window
 * aggregation in worst-case constant time", 2021; the "lite" variant): the older part of the
 * samples, the front, has an aggregate for each of its suffixes ({@link FrontStack} says which of
 * them are kept), the newer part, the back, has one running aggregate. A sample that leaves
 * uncovers the next suffix; when the front is used up, the back becomes the front. So nothing is
 * ever subtracted, O(1) amortized per sample, and what has left the window has left its result
 * without a trace.
 *
 * <p><b>Centre.</b> At each flip the moments get a new centre: the median of the oldest, the middle
 * and the newest value, which a wild one among them can't carry away. After a jump in level it
 * might still be of the old level when that has left the window; so the window flips too as soon as
 * all values lie on one side of the centre. That happens at most once in half a window, because the
 * middle and the newest value are still there before. A centre within the data is at most √n
 * standard deviations from the mean, so the variance loses at most log10(n) of its 16 digits,
 * mostly none. While the window fills nothing is used up; then it flips whenever the number of its
 * samples reaches a power of two. When it flips depends on the samples alone, never on the arrays,
 * so that a replay, a restored snapshot and a copy come out with the same bits.
 *
 * <p><b>Sharing.</b> A window is a value, yet a batch must not cost a copy. A version is a header:
 * where in a shared {@link SampleBuffer} its samples lie, and its two aggregates. Its successor
 * writes behind its last slot, where no older version reads. {@link SampleBuffer#written} says how
 * far anyone has written: a version that doesn't end there has a successor already, and a second
 * one copies first. The stack of the front belongs to the newest version alone; a copy fills its
 * own. The buffer has twice the slots of the window's samples, so that starting a new one when it
 * is full costs each sample its share of one copy. Folds of one key follow each other; they are
 * never under way at the same time.
 *
 * <p>Order: O(1) amortized per sample, O(size) at worst. Space: 4.5 doubles per sample: two for it,
 * two for the room of the next one, and of eight levels of the front one is kept.
 */
final class SlidingCountWindow implements Windows {
  final WindowSetup setup;
  final int size;
  final SampleBuffer buffer;
  final int head;
  final int count;
  final Moments front;
  final Moments back;

  SlidingCountWindow(
      WindowSetup setup,
      int size,
      SampleBuffer buffer,
      int head,
      int count,
      Moments front,
      Moments back) {
    this.setup = setup;
    this.size = size;
    this.buffer = buffer;
    this.head = head;
    this.count = count;
    this.front = front;
    this.back = back;
  }

  static SlidingCountWindow empty(int size, WindowSetup setup) {
    Moments none = Moments.around(0);
    return new SlidingCountWindow(
        setup, size, new SampleBuffer(0, new FrontStack()), 0, 0, none, none);
  }

  SlidingCountWindow restore(WindowSnapshot.SlidingCount snapshot) {
    int count = snapshot.values().length;
    if (count > size || (count > 0 && snapshot.front() == 0)) {
      throw new IllegalArgumentException(
          "not a window of " + size + ": " + count + " samples, front " + snapshot.front());
    }
    return empty(size, setup).fold(Deaf.INSTANCE).restore(snapshot).freeze();
  }

  double centre() {
    return front.centre();
  }

  @Override
  public WindowSetup setup() {
    return setup;
  }

  @Override
  public SlidingCountFold fold(WindowListener listener) {
    return new SlidingCountFold(this, listener);
  }

  @Override
  public boolean waitForTime() {
    return false;
  }

  @Override
  public List<Window> windows() {
    return count == 0 ? List.of() : List.of(window());
  }

  /** Of at least one sample. What the stream keeps beside the basics is computed here, anew. */
  Window window() {
    long first = buffer.timesNanos[head];
    long last = buffer.timesNanos[head + count - 1];
    double seconds = ((double) last - first) * 1e-9;
    double rate = seconds > 0 ? (count - 1) / seconds : Double.NaN;
    Summary basic = front.plus(back).summary();
    return new Window(
        setup.name(),
        first,
        last,
        false,
        0,
        Aggregate.with(basic, extras(), setup.statistics(), rate));
  }

  private Extras extras() {
    if (!setup.statistics().keepsExtras()) {
      return Extras.NONE;
    }
    AggregateFold fold = Aggregate.EMPTY.fold(setup.statistics());
    for (int i = head; i < head + count; i++) {
      fold.add(buffer.timesNanos[i], buffer.values[i]);
    }
    return fold.aggregate().extras();
  }

  @Override
  public WindowSnapshot.SlidingCount snapshot() {
    int tail = head + count;
    return new WindowSnapshot.SlidingCount(
        centre(),
        Math.toIntExact(front.count()),
        Arrays.copyOfRange(buffer.timesNanos, head, tail),
        Arrays.copyOfRange(buffer.values, head, tail));
  }
}
