package io.thalweg.domain.window;

import java.util.List;

/**
 * The windows of one key: a value. {@link #fold} takes the next samples and freezes into the value
 * that follows; this one stays what it is.
 */
public sealed interface Windows permits SlidingCountWindow, SlidingTimeWindows {

  /** Of no samples. */
  static Windows empty(WindowDefinition definition) {
    return switch (definition) {
      case WindowDefinition.SlidingCount d -> SlidingCountWindow.empty(d.size());
      case WindowDefinition.SlidingTime d -> SlidingTimeWindows.empty(d);
    };
  }

  /** As {@link #snapshot} left them. */
  static Windows restore(WindowDefinition definition, WindowSnapshot snapshot) {
    if (definition instanceof WindowDefinition.SlidingCount d
        && snapshot instanceof WindowSnapshot.SlidingCount s) {
      return SlidingCountWindow.restore(d.size(), s);
    }
    if (definition instanceof WindowDefinition.SlidingTime d
        && snapshot instanceof WindowSnapshot.SlidingTime s) {
      return SlidingTimeWindows.restore(d, s);
    }
    throw new IllegalArgumentException(
        "not a snapshot of " + definition + ": " + snapshot.getClass().getSimpleName());
  }

  /**
   * To go on from here. One fold at a time: of all values that one key ever had, none has another
   * fold under way.
   */
  WindowFold fold();

  /** The last closed one and those open ones that hold samples, oldest first. */
  List<Window> windows();

  /** As plain data that shares nothing which changes. */
  WindowSnapshot snapshot();
}
