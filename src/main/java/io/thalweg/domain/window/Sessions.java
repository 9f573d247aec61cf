package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sessions by ascending time, each at least a gap apart from the next. A sample joins the one or
 * two that it is less than a gap away from; two become one. Few are open at a time: as many as fit
 * into the allowed disorder and lateness.
 */
record Sessions(WindowSetup setup, long gapNanos, WindowSnapshot.Sessions state)
    implements Windows {

  static Sessions empty(long gapNanos, WindowSetup setup) {
    return new Sessions(
        setup, gapNanos, new WindowSnapshot.Sessions(Long.MIN_VALUE, List.of(), Optional.empty()));
  }

  Sessions restore(WindowSnapshot.Sessions snapshot) {
    return new Sessions(setup, gapNanos, snapshot);
  }

  @Override
  public SessionFold fold(WindowListener listener) {
    return new SessionFold(this, listener);
  }

  @Override
  public boolean waitForTime() {
    return state.sessions().stream().anyMatch(this::isOpen);
  }

  @Override
  public List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    state.lastClosed().ifPresent(windows::add);
    for (WindowSnapshot.Session s : state.sessions()) {
      if (isOpen(s)) {
        windows.add(
            window(setup, s.firstNanos(), end(s.lastNanos(), gapNanos), false, 0, s.aggregate()));
      }
    }
    return windows;
  }

  @Override
  public WindowSnapshot.Sessions snapshot() {
    return state;
  }

  private boolean isOpen(WindowSnapshot.Session session) {
    return end(session.lastNanos(), gapNanos) > state.watermarkNanos();
  }

  static Window window(
      WindowSetup setup, long start, long end, boolean closed, int revision, Aggregate aggregate) {
    double rate = aggregate.total().count() / (((double) end - start) * 1e-9);
    return new Window(
        setup.name(), start, end, closed, revision, aggregate.summary(setup.statistics(), rate));
  }

  /** A time plus a duration, at most the end of time. */
  static long end(long timeNanos, long afterNanos) {
    long end = timeNanos + afterNanos;
    return end < timeNanos ? Long.MAX_VALUE : end;
  }
}
