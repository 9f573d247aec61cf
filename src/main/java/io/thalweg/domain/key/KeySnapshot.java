package io.thalweg.domain.key;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Total;
import io.thalweg.domain.window.WindowSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A key's state as plain data, to be turned into versioned bytes. It holds what can't be computed
 * again; equal where all bits are equal.
 *
 * @param definition that the state follows
 * @param version how many events were folded in
 * @param timeMaxNanos the largest event time; 0 where nothing was counted
 * @param arrivalNanos when the newest samples arrived, by the clock of the node that had the key
 * @param total of all samples
 * @param late how many samples were too late for their windows
 * @param anomalies how many were raised
 * @param last the sample that was counted last
 * @param producers by ascending name
 * @param windows the state of each window, in the definition's order and of its kind
 * @param lastAnomaly the one that was raised last; empty also where the snapshot was taken before
 *     it was kept
 * @param detector what the detector remembers; empty where that is nothing
 */
public record KeySnapshot(
    StreamDefinition definition,
    long version,
    long timeMaxNanos,
    long arrivalNanos,
    Total total,
    long late,
    long anomalies,
    Optional<Sample> last,
    List<Producer> producers,
    List<WindowSnapshot> windows,
    Optional<Anomaly> lastAnomaly,
    Optional<DetectorSnapshot> detector) {

  public KeySnapshot {
    producers = List.copyOf(producers);
    windows = List.copyOf(windows);
  }

  /** Where the detector remembers nothing, and no anomaly was kept. */
  public KeySnapshot(
      StreamDefinition definition,
      long version,
      long timeMaxNanos,
      long arrivalNanos,
      Total total,
      long late,
      long anomalies,
      Optional<Sample> last,
      List<Producer> producers,
      List<WindowSnapshot> windows) {
    this(
        definition,
        version,
        timeMaxNanos,
        arrivalNanos,
        total,
        late,
        anomalies,
        last,
        producers,
        windows,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Which batches of a producer were counted. The array is handed over: nobody changes it.
   *
   * @param name never empty
   * @param highest the highest number that was counted
   * @param below 4 × 64 bits: bit {@code i} of word {@code w} says whether {@code highest − 1 − 64w
   *     − i} was counted
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, to spare a copy.
  public record Producer(String name, long highest, long[] below) {
    static final int WORDS = 4;

    public Producer {
      if (name.isEmpty() || highest <= 0 || below.length != WORDS) {
        throw new IllegalArgumentException(
            "a producer has a name, a number from 1 on and "
                + WORDS
                + " words of bits: '"
                + name
                + "', "
                + highest
                + ", "
                + below.length);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Producer that
          && name.equals(that.name)
          && highest == that.highest
          && Arrays.equals(below, that.below);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * name.hashCode() + Long.hashCode(highest)) + Arrays.hashCode(below);
    }
  }
}
