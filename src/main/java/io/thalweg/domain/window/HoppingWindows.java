package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.window.WindowSnapshot.Revision;
import io.thalweg.domain.window.WindowSnapshot.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Windows of event time that overlap, or stand side by side.
 *
 * <p><b>Algorithm.</b> Samples are summed up in slices as wide as the slide, which all windows
 * share (Li, Maier, Tufte, Papadimos and Tucker, "No pane, no gain", 2005; Traub et al., "Scotty",
 * 2019). A slice is <i>pending</i> until the watermark passes its end; then it is <i>settled</i>
 * and goes onto the two stacks ("lite", see {@link SlidingCountWindow}) of settled slices, in the
 * order of time, whatever the order of arrival was. A window that closes has settled slices alone:
 * the oldest on the stacks. So neither a sample nor a slide costs more where the size is more
 * slides, in order or with any disorder that the stream allows. A sample that is later than that,
 * yet in time for some window, goes into its settled slice, and both stacks are made anew.
 *
 * <p><b>Centre.</b> Each slice is centred on one of its values, the stacks on one common centre:
 * the median of the centres of the oldest, the middle and the newest slice, renewed when the front
 * is used up, or no longer among the values of a window.
 *
 * <p><b>Sharing.</b> As in a {@link SlidingCountWindow}: settled slices stand in a {@link
 * SliceBuffer} that versions share. The pending ones, as many as fit into the allowed disorder, are
 * copied with each version.
 *
 * <p>Order: O(1) amortized per sample and slide, O(size ÷ slide) at worst. Space: 56 bytes per
 * slot, of which there are up to twice as many as slices, and 40 per level of the front.
 */
final class HoppingWindows implements Windows {
  final Slicing slicing;
  final WindowSetup setup;
  final SliceBuffer buffer;

  /** Slots: from here on for late samples, for open windows, behind the front, behind the last. */
  final int kept;

  final int head;
  final int frontEnd;
  final int tail;
  final SliceSum back;

  /** Of the stack in the buffer when it was this version's. */
  final int fills;

  final List<Slice> pending;
  final long watermarkNanos;
  final List<Revision> revisions;
  final Optional<Window> lastClosed;

  HoppingWindows(HoppingFold fold, SliceStore store, List<Slice> pending) {
    slicing = fold.slicing;
    setup = fold.setup;
    buffer = store.buffer;
    kept = store.kept;
    head = store.head;
    frontEnd = store.frontEnd;
    tail = store.tail;
    back = store.back;
    fills = buffer.front.fills();
    this.pending = pending;
    watermarkNanos = fold.watermarkNanos;
    revisions = fold.revisions();
    lastClosed = fold.lastClosed;
  }

  private HoppingWindows(Slicing slicing, WindowSetup setup, WindowSnapshot.Hopping state) {
    this.slicing = slicing;
    this.setup = setup;
    watermarkNanos = state.watermarkNanos();
    revisions = state.revisions();
    lastClosed = state.lastClosed();
    long firstOpen = slicing.firstOpen(watermarkNanos);
    long firstPending = firstOpen + slicing.panes() - 1;
    List<Slice> slices = state.slices();
    SliceStack stack = new SliceStack(setup.statistics());
    buffer = new SliceBuffer(slices.size(), setup.statistics().keepsExtras(), stack);
    for (Slice slice : slices) {
      if (slice.number() < firstPending) {
        buffer.append(slice.number(), slice.aggregate().total(), slice.aggregate().extras());
      }
    }
    tail = buffer.written;
    pending = List.copyOf(slices.subList(tail, slices.size()));
    kept = 0;
    head = buffer.find(firstOpen, 0, tail);
    frontEnd = Math.max(head, buffer.find(state.frontEnd(), 0, tail));
    stack.fill(buffer, head, frontEnd, state.centre());
    fills = stack.fills();
    back = new SliceSum(setup.statistics());
    back.reset(state.centre());
    for (int i = frontEnd; i < tail; i++) {
      back.add(buffer, i);
    }
  }

  static HoppingWindows empty(Slicing slicing, WindowSetup setup) {
    return new HoppingWindows(
        slicing,
        setup,
        new WindowSnapshot.Hopping(
            Long.MIN_VALUE, 0, Long.MIN_VALUE, List.of(), List.of(), Optional.empty()));
  }

  HoppingWindows restore(WindowSnapshot.Hopping snapshot) {
    return new HoppingWindows(slicing, setup, snapshot);
  }

  @Override
  public WindowSetup setup() {
    return setup;
  }

  @Override
  public HoppingFold fold(WindowListener listener) {
    return new HoppingFold(this, listener);
  }

  @Override
  public boolean waitForTime() {
    return head < tail || !pending.isEmpty();
  }

  @Override
  public List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    lastClosed.ifPresent(windows::add);
    List<LiveSlice> live = new ArrayList<>(pending.size());
    pending.forEach(slice -> live.add(new LiveSlice(slice, setup.statistics())));
    new OpenWindows(slicing, setup, buffer, head, tail, live)
        .forEach(slicing.firstOpen(watermarkNanos), window -> true, windows::add);
    return windows;
  }

  @Override
  public WindowSnapshot.Hopping snapshot() {
    List<Slice> slices = new ArrayList<>(tail - kept + pending.size());
    for (int i = kept; i < tail; i++) {
      Aggregate aggregate = new Aggregate(buffer.total(i), buffer.extras(i));
      slices.add(new Slice(buffer.number(i), aggregate));
    }
    slices.addAll(pending);
    long frontEndNumber = frontEnd > head ? buffer.number(frontEnd - 1) + 1 : Long.MIN_VALUE;
    return new WindowSnapshot.Hopping(
        watermarkNanos, back.centre(), frontEndNumber, slices, revisions, lastClosed);
  }
}
