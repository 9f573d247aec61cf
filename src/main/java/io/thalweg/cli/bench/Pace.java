package io.thalweg.cli.bench;

import java.util.function.BooleanSupplier;

/**
 * When a producer's batches are to be sent. Of one thread.
 *
 * <p>The time from which a batch's latency counts is the one that this gives, not the one at which
 * it got away. In an open loop that is its place in the schedule: a server that stalls then shows
 * in every batch that was due meanwhile, and not only in the one that hit the stall ("coordinated
 * omission").
 */
sealed interface Pace {

  /**
   * Waits until the next batch is due and until it has room.
   *
   * @param room waits for it
   * @param over whether the run is: then this returns soon, with a time without meaning
   * @return from when its latency counts
   */
  long awaitNext(Runnable room, BooleanSupplier over);

  /**
   * As fast as there is room: what the server takes sets the pace, and waiting for it is no delay.
   */
  record Closed(Ticker ticker) implements Pace {
    @Override
    public long awaitNext(Runnable room, BooleanSupplier over) {
      room.run();
      return ticker.nanoTime();
    }
  }

  /** At fixed times, whatever the server does; one that is missed is made up for at once. */
  final class Open implements Pace {
    private final Ticker ticker;
    private final long startNanos;
    private final double intervalNanos;
    private long next;

    /**
     * @param startNanos when the first batch is due
     * @param intervalNanos from one batch to the next
     */
    Open(Ticker ticker, long startNanos, double intervalNanos) {
      if (!(intervalNanos > 0)) {
        throw new IllegalArgumentException("intervalNanos must be positive: " + intervalNanos);
      }
      this.ticker = ticker;
      this.startNanos = startNanos;
      this.intervalNanos = intervalNanos;
    }

    @Override
    public long awaitNext(Runnable room, BooleanSupplier over) {
      long due = startNanos + Math.round(next++ * intervalNanos);
      while (ticker.nanoTime() - due < 0 && !over.getAsBoolean()) {
        ticker.sleepTowards(due);
      }
      room.run();
      return due;
    }
  }
}
