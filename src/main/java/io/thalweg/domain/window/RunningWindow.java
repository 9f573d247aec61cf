package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Samples in order of arrival, up to a number of them, in one running aggregate: tumbling count
 * windows, and the total, whose number is never reached.
 */
record RunningWindow(WindowSetup setup, long size, WindowSnapshot.Running state)
    implements Windows {

  static RunningWindow empty(long size, WindowSetup setup) {
    return new RunningWindow(
        setup, size, new WindowSnapshot.Running(0, 0, Aggregate.EMPTY, Optional.empty()));
  }

  RunningWindow restore(WindowSnapshot.Running snapshot) {
    return new RunningWindow(setup, size, snapshot);
  }

  @Override
  public RunningFold fold(WindowListener listener) {
    return new RunningFold(this, listener);
  }

  @Override
  public boolean waitForTime() {
    return false;
  }

  @Override
  public List<Window> windows() {
    List<Window> windows = new ArrayList<>(2);
    state.lastClosed().ifPresent(windows::add);
    if (state.aggregate().total().count() > 0) {
      windows.add(window(setup, state.firstNanos(), state.lastNanos(), false, state.aggregate()));
    }
    return windows;
  }

  @Override
  public WindowSnapshot.Running snapshot() {
    return state;
  }

  /** Its rate is that of the gaps between its samples. */
  static Window window(
      WindowSetup setup, long firstNanos, long lastNanos, boolean closed, Aggregate aggregate) {
    double seconds = ((double) lastNanos - firstNanos) * 1e-9;
    double rate = seconds > 0 ? (aggregate.total().count() - 1) / seconds : Double.NaN;
    return new Window(
        setup.name(),
        firstNanos,
        lastNanos,
        closed,
        0,
        aggregate.summary(setup.statistics(), rate));
  }
}
