package io.thalweg.route;

import io.thalweg.domain.key.BatchResult;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a node's lanes have done and have to do. Counted once for each delivery, not for each
 * sample. Written by the lanes alone, read by any thread.
 */
public final class RouteCounters {
  private final LongAdder samples = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder late = new LongAdder();
  private volatile Load load = new Load(0, 0, 0);

  /**
   * What is under way. As of the last look of the lanes, which is every 100 ms.
   *
   * @param samplesInFlight taken and not yet answered
   * @param deliveries sent to keys and not yet answered
   * @param oldestNanos age of the oldest of them; 0: there is none
   */
  public record Load(long samplesInFlight, int deliveries, long oldestNanos) {}

  /** Samples that are durable and counted. */
  public long samples() {
    return samples.sum();
  }

  /** Samples that an earlier delivery had counted. */
  public long duplicates() {
    return duplicates.sum();
  }

  /** Of the samples: too late for their window. */
  public long late() {
    return late.sum();
  }

  public Load load() {
    return load;
  }

  /** A key has answered a delivery. */
  void answered(List<BatchResult> results) {
    long counted = 0;
    long known = 0;
    long tooLate = 0;
    for (BatchResult result : results) {
      switch (result) {
        case BatchResult.Counted batch -> {
          counted += batch.samples();
          tooLate += batch.late();
        }
        case BatchResult.Duplicate batch -> known += batch.samples();
        case BatchResult.Refused refused -> {}
      }
    }
    samples.add(counted);
    duplicates.add(known);
    late.add(tooLate);
  }

  void loaded(Load load) {
    this.load = load;
  }
}
