package io.thalweg.domain.window;

/** Hears of windows while samples are folded in. */
public interface WindowListener {

  /** A window closed, or one that had closed was changed by a late sample. */
  void closed(Window window);

  /** A window that is still open was told of. */
  void updated(Window window);
}
