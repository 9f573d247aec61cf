package io.thalweg.domain.window;

import io.thalweg.domain.stats.LiveSummary;
import java.util.function.Consumer;

/**
 * Takes samples into the windows of one key. Of one thread.
 *
 * <p>For each sample: {@link #open}; unless it is late, {@link #before} where somebody judges it,
 * and {@link #add}; then {@link #advance} if it moved the watermark. At the end {@link #freeze},
 * once; the fold is not used after that.
 */
public sealed interface WindowFold permits SlidingCountFold, SlidingTimeFold {

  /** Turns to the windows of a sample at this time; false where all of them are closed. */
  boolean open(long timeNanos);

  /** The newest of the opened windows as it is before the sample. */
  LiveSummary before();

  /** Takes in the sample that the windows were opened for. */
  void add(long timeNanos, double value);

  /** Closes the windows that end at or before the watermark and hold samples, oldest first. */
  void advance(long watermarkNanos, Consumer<Window> closed);

  /** The windows as they are now. */
  Windows freeze();
}
