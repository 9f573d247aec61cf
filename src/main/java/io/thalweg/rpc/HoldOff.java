package io.thalweg.rpc;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Addresses whose connections were closed for what they did, and which may not connect for a while:
 * else a flood that is cut off is back at once, on the next connection.
 *
 * <p>A few such connections a minute do nothing: an address may be shared, and clients have bugs.
 * Each one more holds its address off for twice as long as the one before, from a second on. An
 * address that behaves for a minute after that begins anew. Connections that are open stay so.
 * Thread-safe.
 */
final class HoldOff {
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int DOUBLINGS_MAX = 20;

  /** Beyond it those whose last fault is longest ago are forgotten. */
  private static final int ADDRESSES_MAX = 10_000;

  private record Faults(int count, long untilNanos) {}

  private final int freeFaults;
  private final long maxNanos;
  private final LongSupplier nanoTime;
  private final Map<InetAddress, Faults> known = new LinkedHashMap<>();

  /**
   * @param freeFaults connections that may be closed before it matters
   * @param max of one hold-off; 0: there is none
   */
  HoldOff(int freeFaults, Duration max, LongSupplier nanoTime) {
    this.freeFaults = freeFaults;
    this.maxNanos = max.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * A connection of this address was closed for what it did.
   *
   * @return for how long the address may not connect, in nanoseconds; 0: it may
   */
  synchronized long fault(InetAddress address) {
    if (maxNanos == 0) {
      return 0;
    }
    long now = nanoTime.getAsLong();
    Faults before = known.remove(address); // so that it moves to the end
    int count = before == null || isOver(before, now) ? 1 : before.count + 1;
    long nanos = count > freeFaults ? holdNanos(count - freeFaults - 1) : 0;
    known.put(address, new Faults(count, now + nanos));
    if (known.size() > ADDRESSES_MAX) {
      known.remove(known.keySet().iterator().next());
    }
    return nanos;
  }

  private long holdNanos(int doublings) {
    return Math.min(maxNanos, FIRST_NANOS << Math.min(doublings, DOUBLINGS_MAX));
  }

  /** Whether the address may not connect now. */
  synchronized boolean holds(InetAddress address) {
    Faults faults = known.get(address);
    return faults != null && faults.untilNanos - nanoTime.getAsLong() > 0;
  }

  private static boolean isOver(Faults faults, long now) {
    return now - faults.untilNanos >= FORGET_NANOS;
  }

  /** How many addresses are remembered. */
  synchronized int size() {
    return known.size();
  }
}
