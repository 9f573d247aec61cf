package io.thalweg.cli.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * What has been used so far, at one moment.
 *
 * @param samples that were acknowledged
 */
record Snapshot(
    long nanoTime,
    long samples,
    Optional<Duration> server,
    Optional<Duration> client,
    Optional<Duration> database) {

  static Snapshot take(Ticker ticker, Traffic traffic, Target target) {
    return new Snapshot(
        ticker.nanoTime(),
        traffic.answered(),
        cpu(target.serverPids().stream().mapToLong(Long::longValue), false),
        new CpuMeter(ProcessHandle.current().pid(), false).cpu(),
        cpu(target.databasePid().stream(), true));
  }

  /** What was used from an earlier moment to this one. */
  Usage since(Snapshot earlier) {
    long acknowledged = samples - earlier.samples;
    return new Usage(
        acknowledged,
        (nanoTime - earlier.nanoTime) / 1e9,
        perMillion(earlier.server, server, acknowledged),
        perMillion(earlier.client, client, acknowledged),
        perMillion(earlier.database, database, acknowledged));
  }

  /**
   * What was used in between; processor time is seconds per million samples.
   *
   * @param samples that were acknowledged
   */
  record Usage(
      long samples,
      double seconds,
      OptionalDouble server,
      OptionalDouble client,
      OptionalDouble database) {
    double samplesPerSecond() {
      return samples / seconds;
    }
  }

  /** Of all together; empty: there is none, or one of them is not known. */
  private static Optional<Duration> cpu(LongStream pids, boolean family) {
    return pids.mapToObj(pid -> new CpuMeter(pid, family).cpu())
        .reduce((one, other) -> one.flatMap(a -> other.map(a::plus)))
        .flatMap(Function.identity());
  }

  private static OptionalDouble perMillion(
      Optional<Duration> from, Optional<Duration> to, long samples) {
    if (from.isEmpty() || to.isEmpty() || samples == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(to.get().minus(from.get()).toNanos() / 1e3 / samples);
  }
}
