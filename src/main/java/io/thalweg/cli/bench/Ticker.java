package io.thalweg.cli.bench;

import java.util.concurrent.locks.LockSupport;

/** The time of a run, so that tests can move it by hand. */
interface Ticker {
  Ticker SYSTEM = new SystemTicker();

  /** As of {@link System#nanoTime}. */
  long nanoTime();

  /** Returns at that time or earlier: ask again. A thread that is unparked returns at once. */
  void sleepTowards(long nanoTime);

  /** The real time. */
  final class SystemTicker implements Ticker {
    private SystemTicker() {}

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void sleepTowards(long nanoTime) {
      LockSupport.parkNanos(this, nanoTime - System.nanoTime());
    }
  }
}
