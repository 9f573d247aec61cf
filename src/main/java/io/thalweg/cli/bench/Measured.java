package io.thalweg.cli.bench;

import java.util.Optional;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * What a run has shown.
 *
 * @param usage while it was measured
 * @param others latencies in microseconds of all keys but the hot one
 * @param hot of the hot key; empty: there is none
 * @param residentMegabytes of the server, at the end of the measurement
 * @param refused samples that the server would not count, and said so
 * @param resent samples that were counted by a delivery whose answer was lost
 * @param liveHeap after the load; empty: it was not asked for, or the server did not tell
 */
public record Measured(
    Snapshot.Usage usage,
    Histogram others,
    Optional<Histogram> hot,
    OptionalDouble residentMegabytes,
    long refused,
    long resent,
    Optional<LiveHeap> liveHeap,
    Findings findings) {

  Histogram all() {
    return hot.map(h -> Latencies.sum(others, h)).orElse(others);
  }

  /** Whether every result is what it must be. */
  public boolean isRight() {
    return findings.isClean();
  }
}
