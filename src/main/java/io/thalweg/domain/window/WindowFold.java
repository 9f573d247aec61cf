package io.thalweg.domain.window;

import io.thalweg.domain.stats.LiveSummary;

/**
 * Takes samples into one window definition's windows of one key. Of one thread.
 *
 * <p>For each sample: {@link #open}; unless it is late, {@link #before} where somebody judges it,
 * and {@link #add}; then {@link #advance} if it moved the watermark. At the end {@link #freeze},
 * once; the fold is not used after that.
 */
public sealed interface WindowFold permits HoppingFold, RunningFold, SessionFold, SlidingCountFold {

  /** Turns to the windows of a sample at this time; false where it is too late for all of them. */
  boolean open(long timeNanos);

  /**
   * What a sample is judged against, as it is before the sample; read at once. Of hopping windows
   * that is the one that ends next after the sample; of sessions the one that the sample joins.
   */
  LiveSummary before();

  /** Takes in the sample that the windows were opened for. Tells of closed windows it changed. */
  void add(long timeNanos, double value);

  /**
   * Closes the windows that end at or before the watermark and hold samples, oldest first, and
   * forgets those that end so long before it that they can't change any more.
   */
  void advance(long watermarkNanos);

  /** Closes all windows of event time that hold samples, oldest first: the key idles. */
  void closeAll();

  /**
   * Tells of the open windows that hold samples, oldest first.
   *
   * @param changed only of those that this fold added to
   */
  void update(boolean changed);

  /** The windows as they are now. */
  Windows freeze();
}
