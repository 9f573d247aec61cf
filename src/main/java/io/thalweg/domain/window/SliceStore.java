package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.AggregateFold;
import io.thalweg.domain.stats.Statistics;

/** The settled slices and the two stacks over them, while a {@link HoppingFold} is under way. */
final class SliceStore {
  private final Statistics statistics;
  private final SliceSum sum;
  SliceBuffer buffer;
  int kept;
  int head;
  int frontEnd;
  int tail;
  SliceSum back;

  /** Whether only this fold has seen the buffer; then it may also change what is in it. */
  private boolean ownsBuffer;

  SliceStore(HoppingWindows from) {
    statistics = from.setup.statistics();
    sum = new SliceSum(statistics);
    buffer = from.buffer;
    kept = from.kept;
    head = from.head;
    frontEnd = from.frontEnd;
    tail = from.tail;
    back = from.back.copy();
    if (buffer.written != tail || buffer.front.fills() != from.fills) {
      moveTo(buffer.roomFor(tail - kept, new SliceStack(statistics)));
      refillFront();
    }
  }

  boolean isEmpty() {
    return head == tail;
  }

  /** The number of the oldest slice of an open window; there is one. */
  long oldest() {
    return buffer.number(head);
  }

  /** The number of the newest slice of an open window; there is one. */
  long newest() {
    return buffer.number(tail - 1);
  }

  /** Takes in the slice that comes next in time. */
  void settle(LiveSlice slice) {
    if (buffer.isFull()) {
      makeRoom();
    }
    buffer.append(slice.number(), slice.fold().total(), slice.extras());
    back.add(buffer, tail);
    tail++;
  }

  /** Takes slices below a number out of the open windows. */
  void pop(long below) {
    while (head < tail && buffer.number(head) < below) {
      head++;
    }
    if (head >= frontEnd) {
      flip();
    }
  }

  /** Forgets slices below a number. */
  void forget(long below) {
    while (kept < head && buffer.number(kept) < below) {
      kept++;
    }
  }

  /** All settled slices of open windows; valid until the next call. */
  SliceSum all() {
    sumFrom(head);
    if (sum.isCentreOutside()) {
      flip();
      sumFrom(head);
    }
    return sum;
  }

  /** The settled slices from a number on; valid until the next call. */
  SliceSum from(long number) {
    int slot = head;
    while (slot < tail && buffer.number(slot) < number) {
      slot++;
    }
    sumFrom(slot);
    return sum;
  }

  /** Exactly, one by one: all slices between two numbers, the latter excluded. */
  Aggregate between(long from, long below) {
    Aggregate all = Aggregate.EMPTY;
    int end = buffer.find(below, kept, tail);
    for (int i = buffer.find(from, kept, tail); i < end; i++) {
      all = all.plus(new Aggregate(buffer.total(i), buffer.extras(i)), statistics);
    }
    return all;
  }

  /** Adds a sample to a slice that is settled already, or misses among them. */
  void addLate(long number, long firstOpen, long timeNanos, double value) {
    int slot = buffer.find(number, kept, tail);
    boolean isThere = slot < tail && buffer.number(slot) == number;
    Aggregate before =
        isThere ? new Aggregate(buffer.total(slot), buffer.extras(slot)) : Aggregate.EMPTY;
    AggregateFold fold = before.fold(statistics);
    fold.add(timeNanos, value);
    openSlot(slot, !isThere);
    buffer.put(slot - kept, number, fold.aggregate().total(), fold.extras());
    int moved = kept;
    int more = isThere ? 0 : 1;
    kept = 0;
    head += (number < firstOpen ? more : 0) - moved;
    frontEnd += (slot < frontEnd ? more : 0) - moved;
    frontEnd = Math.max(head, frontEnd);
    tail += more - moved;
    refill();
  }

  /** Copies the slices to arrays of our own, from slot 0 on, with a slot more where asked. */
  private void openSlot(int slot, boolean more) {
    SliceBuffer next = buffer.roomFor(tail - kept + 1, new SliceStack(statistics));
    next.takeOver(buffer, kept, slot, 0);
    next.takeOver(buffer, slot, tail, slot - kept + (more ? 1 : 0));
    buffer = next;
    ownsBuffer = true;
  }

  private void sumFrom(int slot) {
    sum.reset(back.centre());
    if (slot < frontEnd) {
      sum.add(buffer.front, frontEnd - slot);
      sum.add(back);
      return;
    }
    if (slot == frontEnd) {
      sum.add(back);
      return;
    }
    for (int i = slot; i < tail; i++) {
      sum.add(buffer, i);
    }
  }

  private void flip() {
    frontEnd = tail;
    back.reset(head < tail ? centre(buffer, head, tail) : back.centre());
    refillFront();
  }

  private void refill() {
    refillFront();
    back.reset(back.centre());
    for (int i = frontEnd; i < tail; i++) {
      back.add(buffer, i);
    }
  }

  private void refillFront() {
    buffer.front.fill(buffer, head, frontEnd, back.centre());
  }

  private void makeRoom() {
    int live = tail - kept;
    if (ownsBuffer && 2 * live <= buffer.slots()) {
      moveTo(buffer);
      return;
    }
    SliceBuffer full = buffer;
    moveTo(buffer.roomFor(live + 1, full.front));
    full.abandon();
  }

  private void moveTo(SliceBuffer next) {
    next.takeOver(buffer, kept, tail, 0);
    buffer = next;
    ownsBuffer = true;
    head -= kept;
    frontEnd -= kept;
    tail -= kept;
    kept = 0;
  }

  /** What the slices of some slots are centred on: one of their values, and not a wild one. */
  static double centre(SliceBuffer slices, int first, int end) {
    double a = slices.centre(first);
    double b = slices.centre(first + (end - first) / 2);
    double c = slices.centre(end - 1);
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
