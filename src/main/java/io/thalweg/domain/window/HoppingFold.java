package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.window.WindowSnapshot.Revision;
import io.thalweg.domain.window.WindowSnapshot.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Moves {@link HoppingWindows} on; the algorithm is explained there. */
final class HoppingFold implements WindowFold {
  private static final long[] NONE = {};
  private static final int CHANGES_MIN = 16;

  final Slicing slicing;
  final WindowSetup setup;
  long watermarkNanos;
  Optional<Window> lastClosed;

  private final WindowListener listener;
  private final SliceStore settled;

  /** By ascending number. */
  private final List<LiveSlice> pending;

  private final Revisions revisions;
  private final JudgedWindow judged = new JudgedWindow(this);

  private long firstOpen;

  /** Windows from here on may still change. */
  private long firstKept;

  /** Before this watermark no window closes and none is forgotten. */
  private long nextNanos;

  /** The slice of the sample at hand, and where it stands among the pending ones, or would. */
  private long number;

  private int at;

  /** The slices that were added to, in the order of their samples, without repeats in a row. */
  private long[] changed = NONE;

  private int changes;

  HoppingFold(HoppingWindows from, WindowListener listener) {
    this.listener = listener;
    slicing = from.slicing;
    setup = from.setup;
    watermarkNanos = from.watermarkNanos;
    lastClosed = from.lastClosed;
    settled = new SliceStore(from);
    revisions = new Revisions(from.revisions);
    pending = new ArrayList<>(from.pending.size() + 1);
    for (Slice slice : from.pending) {
      pending.add(new LiveSlice(slice, setup.statistics()));
    }
    turnTo(watermarkNanos);
  }

  @Override
  public boolean open(long timeNanos) {
    number = slicing.numberOf(timeNanos);
    if (number < firstKept) {
      return false;
    }
    at = pending.size();
    while (at > 0 && pending.get(at - 1).number() >= number) {
      at--;
    }
    judged.reset();
    return true;
  }

  @Override
  public LiveSummary before() {
    return judged;
  }

  @Override
  public void add(long timeNanos, double value) {
    if (isSettled(number)) {
      settled.addLate(number, firstOpen, timeNanos, value);
      revise();
    } else {
      if (at == pending.size() || pending.get(at).number() != number) {
        pending.add(at, new LiveSlice(number, setup.statistics()));
      }
      pending.get(at).add(timeNanos, value);
    }
    if (changes == 0 || changed[changes - 1] != number) {
      if (changes == changed.length) {
        changed = Arrays.copyOf(changed, Math.max(CHANGES_MIN, 2 * changes));
      }
      changed[changes++] = number;
    }
  }

  @Override
  public void advance(long watermark) {
    if (watermark <= watermarkNanos) {
      return;
    }
    watermarkNanos = watermark;
    if (watermark < nextNanos) {
      return;
    }
    closeTo(slicing.firstOpen(watermark) - 1);
    turnTo(watermark);
    settle(firstOpen + slicing.panes() - 1);
    settled.pop(firstOpen);
    settled.forget(firstKept);
    revisions.forget(firstKept);
  }

  @Override
  public void closeAll() {
    if (!pending.isEmpty()) {
      advance(slicing.endOf(pending.getLast().number()));
    } else if (!settled.isEmpty()) {
      advance(slicing.endOf(settled.newest()));
    }
  }

  @Override
  public void update(boolean onlyChanged) {
    new OpenWindows(
            slicing, setup, settled.buffer, settled.head, settled.tail, List.copyOf(pending))
        .forEach(firstOpen, onlyChanged ? changedWindows() : window -> true, listener::updated);
  }

  private LongPredicate changedWindows() {
    long[] slices = Arrays.copyOf(changed, changes);
    Arrays.sort(slices);
    return window -> {
      int found = Arrays.binarySearch(slices, window);
      int first = found < 0 ? -1 - found : found;
      return first < slices.length && slices[first] < window + slicing.panes();
    };
  }

  @Override
  public HoppingWindows freeze() {
    Slice[] slices = new Slice[pending.size()];
    for (int i = 0; i < slices.length; i++) {
      slices[i] = pending.get(i).freeze();
    }
    return new HoppingWindows(this, settled, List.of(slices));
  }

  List<Revision> revisions() {
    return revisions.all();
  }

  /** The newest window of the sample at hand, around one centre; empty where it is settled. */
  Optional<SliceSum> judgedQuickly() {
    if (isSettled(number)) {
      return Optional.empty();
    }
    long first = number - slicing.panes() + 1;
    SliceSum before = settled.from(first);
    if (before.countAsDouble() == 0) {
      before.reset(pending.isEmpty() ? 0 : pending.getFirst().fold().total().centre());
    }
    for (int i = 0; i < pending.size() && pending.get(i).number() <= number; i++) {
      if (pending.get(i).number() >= first) {
        before.add(pending.get(i));
      }
    }
    return before.isCentreOutside() ? Optional.empty() : Optional.of(before);
  }

  /** The same, one by one. */
  Aggregate judgedExactly() {
    long first = number - slicing.panes() + 1;
    Aggregate all = settled.between(first, number + 1);
    for (LiveSlice slice : pending) {
      if (slice.number() >= first && slice.number() <= number) {
        all = all.plus(slice.freeze().aggregate(), setup.statistics());
      }
    }
    return all;
  }

  /** What is told of a whole window. */
  Summary summary(Aggregate all) {
    double rate = all.total().count() / slicing.sizeSeconds();
    return all.summary(setup.statistics(), rate);
  }

  private boolean isSettled(long slice) {
    return slice < firstOpen + slicing.panes() - 1;
  }

  private void turnTo(long watermark) {
    firstOpen = slicing.firstOpen(watermark);
    long lateness = setup.allowedLatenessNanos();
    long goneTo = watermark < Long.MIN_VALUE + lateness ? Long.MIN_VALUE : watermark - lateness;
    firstKept = slicing.firstOpen(goneTo);
    nextNanos =
        Math.min(slicing.endOf(firstOpen), Sessions.end(slicing.endOf(firstKept), lateness));
  }

  /** Closes those windows up to a number that hold samples. */
  private void closeTo(long last) {
    long next = firstOpen;
    while (!settled.isEmpty() || !pending.isEmpty()) {
      long oldest = settled.isEmpty() ? pending.getFirst().number() : settled.oldest();
      next = Math.max(next, oldest - slicing.panes() + 1);
      if (next > last) {
        return;
      }
      settle(next + slicing.panes());
      tellClosed(OpenWindows.window(slicing, setup, next, true, settled.all()));
      next++;
      settled.pop(next);
    }
  }

  private void settle(long below) {
    while (!pending.isEmpty() && pending.getFirst().number() < below) {
      settled.settle(pending.removeFirst());
    }
  }

  /** Tells again of the closed windows that a late sample changed, or of those it made. */
  private void revise() {
    long last = Math.min(number, firstOpen - 1);
    for (long n = Math.max(firstKept, number - slicing.panes() + 1); n <= last; n++) {
      Aggregate all = settled.between(n, n + slicing.panes());
      int revision = all.total().count() == 1 ? 0 : revisions.next(n);
      tellClosed(OpenWindows.window(slicing, setup, n, revision, summary(all)));
    }
  }

  private void tellClosed(Window window) {
    if (lastClosed.isEmpty() || lastClosed.get().endNanos() <= window.endNanos()) {
      lastClosed = Optional.of(window);
    }
    listener.closed(window);
  }
}
