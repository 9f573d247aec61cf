package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.AggregateFold;
import io.thalweg.domain.stats.LiveSummary;
import java.util.Optional;

/** Moves a {@link RunningWindow} on. */
final class RunningFold implements WindowFold {
  private final WindowSetup setup;
  private final long size;
  private final WindowListener listener;
  private AggregateFold open;
  private long firstNanos;
  private long lastNanos;
  private Optional<Window> lastClosed;
  private boolean touched;

  RunningFold(RunningWindow from, WindowListener listener) {
    this.listener = listener;
    setup = from.setup();
    size = from.size();
    open = from.state().aggregate().fold(setup.statistics());
    firstNanos = from.state().firstNanos();
    lastNanos = from.state().lastNanos();
    lastClosed = from.state().lastClosed();
  }

  @Override
  public boolean open(long timeNanos) {
    return true;
  }

  @Override
  public LiveSummary before() {
    return open;
  }

  @Override
  public void add(long timeNanos, double value) {
    if (open.count() == 0) {
      firstNanos = timeNanos;
    }
    lastNanos = timeNanos;
    open.add(timeNanos, value);
    touched = true;
    if (open.count() == size) {
      close();
    }
  }

  @Override
  public void advance(long watermarkNanos) {}

  @Override
  public void closeAll() {}

  @Override
  public void update(boolean changed) {
    if (open.count() > 0 && (touched || !changed)) {
      listener.updated(window(false));
    }
  }

  @Override
  public RunningWindow freeze() {
    return new RunningWindow(
        setup,
        size,
        new WindowSnapshot.Running(firstNanos, lastNanos, open.aggregate(), lastClosed));
  }

  private void close() {
    Window window = window(true);
    lastClosed = Optional.of(window);
    open = Aggregate.EMPTY.fold(setup.statistics());
    firstNanos = 0;
    lastNanos = 0;
    touched = false;
    listener.closed(window);
  }

  private Window window(boolean closed) {
    return RunningWindow.window(setup, firstNanos, lastNanos, closed, open.aggregate());
  }
}
