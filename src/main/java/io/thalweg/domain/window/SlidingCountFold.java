package io.thalweg.domain.window;

import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.Moments;
import io.thalweg.domain.stats.Summary;

/** Moves a {@link SlidingCountWindow} on; the algorithm is explained there. */
final class SlidingCountFold implements WindowFold, LiveSummary {
  private final WindowSetup setup;
  private final WindowListener listener;
  private final int size;
  private SampleBuffer buffer;

  /** Whether only this fold has seen the buffer; then it may also move what is in it. */
  private boolean ownsBuffer;

  private int head;
  private int count;
  private int front;
  private double centre;
  private double frontSum;
  private double frontSquares;
  private double frontMin;
  private double frontMax;
  private double backSum;
  private double backSquares;
  private double backMin;
  private double backMax;

  SlidingCountFold(SlidingCountWindow from, WindowListener listener) {
    this.listener = listener;
    setup = from.setup;
    size = from.size;
    buffer = from.buffer;
    head = from.head;
    count = from.count;
    front = Math.toIntExact(from.front.count());
    centre = from.centre();
    frontSum = from.front.sum();
    frontSquares = from.front.squares();
    frontMin = from.front.min();
    frontMax = from.front.max();
    backSum = from.back.sum();
    backSquares = from.back.squares();
    backMin = from.back.min();
    backMax = from.back.max();
    if (buffer.written != head + count) {
      moveTo(SampleBuffer.roomFor(count, size, new FrontStack()));
      refillFront();
    }
  }

  /** Goes on from a snapshot; of an empty window. */
  SlidingCountFold restore(WindowSnapshot.SlidingCount snapshot) {
    int samples = snapshot.values().length;
    buffer = SampleBuffer.roomFor(samples, size, new FrontStack());
    ownsBuffer = true;
    centre = snapshot.centre();
    front = snapshot.front();
    for (int i = 0; i < samples; i++) {
      push(snapshot.timesNanos()[i], snapshot.values()[i]);
    }
    refillFront();
    clearBack();
    for (int i = front; i < samples; i++) {
      addToBack(snapshot.values()[i]);
    }
    return this;
  }

  @Override
  public boolean open(long timeNanos) {
    return true;
  }

  @Override
  public LiveSummary before() {
    return this;
  }

  @Override
  public void add(long timeNanos, double value) {
    boolean fills = count < size;
    if (!fills) {
      head++;
      count--;
      front--;
      uncover();
    }
    if (buffer.isFull()) {
      makeRoom();
    }
    push(timeNanos, value);
    addToBack(value);
    if (front == 0 || (fills ? Integer.bitCount(count) == 1 : isCentreOutside())) {
      flip();
    }
  }

  @Override
  public void advance(long watermarkNanos) {}

  @Override
  public void closeAll() {}

  @Override
  public void update(boolean changed) {
    if (count > 0) {
      listener.updated(freeze().window());
    }
  }

  @Override
  public SlidingCountWindow freeze() {
    return new SlidingCountWindow(setup, size, buffer, head, count, frontMoments(), backMoments());
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double mean() {
    return count == 0 ? 0 : Moments.mean(count, centre, sum());
  }

  @Override
  public double variance() {
    return count == 0 ? 0 : Moments.variance(count, sum(), squares());
  }

  @Override
  public Summary summary() {
    return count == 0 ? Summary.EMPTY : freeze().window().summary();
  }

  private double sum() {
    return front == 0 ? backSum : frontSum + backSum;
  }

  private double squares() {
    return front == 0 ? backSquares : frontSquares + backSquares;
  }

  private Moments frontMoments() {
    return front == 0
        ? Moments.around(centre)
        : new Moments(front, centre, frontSum, frontSquares, frontMin, frontMax);
  }

  private Moments backMoments() {
    return new Moments(count - front, centre, backSum, backSquares, backMin, backMax);
  }

  private void makeRoom() {
    if (ownsBuffer && 2 * count <= buffer.values.length) {
      moveTo(buffer);
      return;
    }
    SampleBuffer full = buffer;
    moveTo(SampleBuffer.roomFor(count + 1, size, full.front));
    full.abandon();
  }

  private void moveTo(SampleBuffer next) {
    next.takeOver(buffer, head, count);
    buffer = next;
    ownsBuffer = true;
    head = 0;
  }

  private void push(long timeNanos, double value) {
    int slot = buffer.written++;
    buffer.timesNanos[slot] = timeNanos;
    buffer.values[slot] = value;
    count++;
  }

  private void addToBack(double value) {
    double d = Moments.deviation(value, centre);
    backSum += d;
    backSquares += d * d;
    backMin = value < backMin ? value : backMin;
    backMax = value > backMax ? value : backMax;
  }

  /** Needs a front. */
  private boolean isCentreOutside() {
    return (centre < backMin && centre < frontMin) || (centre > backMax && centre > frontMax);
  }

  private void flip() {
    double[] values = buffer.values;
    centre = median(values[head], values[head + count / 2], values[head + count - 1]);
    front = count;
    refillFront();
    clearBack();
  }

  private void refillFront() {
    if (front > 0) {
      buffer.front.fill(buffer.values, head + front, front, centre);
      lookAtFront();
    }
  }

  private void uncover() {
    if (front > 0) {
      buffer.front.look(buffer.values, head + front, front, centre);
      lookAtFront();
    }
  }

  private void lookAtFront() {
    FrontStack stack = buffer.front;
    frontSum = stack.sum();
    frontSquares = stack.squares();
    frontMin = stack.min();
    frontMax = stack.max();
  }

  private void clearBack() {
    backSum = 0;
    backSquares = 0;
    backMin = Double.POSITIVE_INFINITY;
    backMax = Double.NEGATIVE_INFINITY;
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
