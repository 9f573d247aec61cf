package io.thalweg.client;

import java.time.Duration;

/** The time that the client lives in, so that tests can move it by hand. */
interface Time extends AutoCloseable {

  /** Comparable only with itself, as of {@link System#nanoTime}. */
  long nanoTime();

  /** Blocks the calling thread. */
  void sleep(Duration duration) throws InterruptedException;

  /** Runs a short task once on the time's own thread; not at all after {@link #close}. */
  void schedule(Duration delay, Runnable task);

  @Override
  void close();
}
