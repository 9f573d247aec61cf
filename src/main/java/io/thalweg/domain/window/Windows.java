package io.thalweg.domain.window;

import java.util.List;

/**
 * The windows that one key has of one definition: a value. {@link #fold} takes the next samples and
 * freezes into the value that follows; this one stays what it is.
 */
public sealed interface Windows
    permits HoppingWindows, RunningWindow, Sessions, SlidingCountWindow {

  /** Of no samples. */
  static Windows empty(WindowSetup setup) {
    return switch (setup.definition()) {
      case WindowDefinition.Tumbling d -> HoppingWindows.empty(Slicing.of(d), setup);
      case WindowDefinition.Hopping d -> HoppingWindows.empty(Slicing.of(d), setup);
      case WindowDefinition.Session d -> Sessions.empty(d.gapNanos(), setup);
      case WindowDefinition.TumblingCount d -> RunningWindow.empty(d.size(), setup);
      case WindowDefinition.SlidingCount d -> SlidingCountWindow.empty(d.size(), setup);
      case WindowDefinition.Total d -> RunningWindow.empty(Long.MAX_VALUE, setup);
    };
  }

  /** As {@link #snapshot} left them. */
  static Windows restore(WindowSetup setup, WindowSnapshot snapshot) {
    Windows empty = empty(setup);
    if (empty instanceof SlidingCountWindow w
        && snapshot instanceof WindowSnapshot.SlidingCount s) {
      return w.restore(s);
    }
    if (empty instanceof HoppingWindows w && snapshot instanceof WindowSnapshot.Hopping s) {
      return w.restore(s);
    }
    if (empty instanceof Sessions w && snapshot instanceof WindowSnapshot.Sessions s) {
      return w.restore(s);
    }
    if (empty instanceof RunningWindow w && snapshot instanceof WindowSnapshot.Running s) {
      return w.restore(s);
    }
    throw new IllegalArgumentException(
        "not a snapshot of " + setup.definition() + ": " + snapshot.getClass().getSimpleName());
  }

  /** Of what definition they are, and how they are kept. */
  WindowSetup setup();

  /**
   * To go on from here. One fold at a time: of all values that one key ever had, none has another
   * fold under way.
   */
  WindowFold fold(WindowListener listener);

  /** Whether there are windows of event time that hold samples and have not closed. */
  boolean waitForTime();

  /** The last closed one and those open ones that hold samples, oldest first. */
  List<Window> windows();

  /** As plain data that shares nothing which changes. */
  WindowSnapshot snapshot();
}
