package io.thalweg.bench;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.journal.SnapshotSize;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * How many bytes the state of one key takes, in memory and in a snapshot, with its windows full.
 *
 * <p>Memory is what the heap holds more after a collection when a number of keys have been filled,
 * divided by their number. So what all keys share, such as the stream's definition, counts as good
 * as nothing, and what a key holds counts with its headers, its gaps and the room that its arrays
 * keep free. Run it with a collector that compacts: the page on numbers has the command.
 */
public final class StateBytes {
  private static final long SECOND = 1_000_000_000;
  private static final int BATCH = 16;
  private static final Optional<Statistics.Quantiles> QUANTILES =
      Optional.of(new Statistics.Quantiles(List.of(0.5, 0.9, 0.99), 0.01));

  /**
   * @param held of one key
   * @param panes that Flink holds of one key for the same window
   * @param samples of each key; one a second, so that its windows have been full for a while
   */
  private record Row(
      String window,
      String held,
      StreamDefinition definition,
      int keys,
      int samples,
      String panes) {}

  private StateBytes() {}

  /** Prints the table. */
  public static void main(String[] args) {
    System.out.println(
        "| Window | A key holds | Heap, bytes per key | Snapshot, bytes | Flink: panes per key |");
    System.out.println("|---|---|---|---|---|");
    for (Row row : rows()) {
      print(row);
    }
  }

  private static List<Row> rows() {
    return List.of(
        new Row(
            "sliding count 100, z-score",
            "100 samples",
            stream(
                new WindowDefinition.SlidingCount(100),
                Optional.of(new WindowDetector("w", new DetectorDefinition.ZScore(5, 30))),
                Statistics.BASIC),
            4_000,
            1_000,
            "1 of 100 samples"),
        new Row("hopping 60 s by 1 s", "60 slices", hopping(60), 4_000, 1_000, "60"),
        new Row("hopping 1 h by 1 s", "3,600 slices", hopping(3_600), 200, 12_000, "3,600"),
        new Row(
            "total, quantiles to 1 %",
            "1 aggregate",
            stream(
                new WindowDefinition.Total(),
                Optional.empty(),
                new Statistics(false, false, false, QUANTILES, OptionalLong.empty())),
            4_000,
            1_000,
            "1"),
        new Row(
            "total, surprise",
            "1 aggregate, a detector's memory",
            stream(
                new WindowDefinition.Total(),
                Optional.of(WindowDetector.ofKey(DetectorDefinition.Surprise.DEFAULT)),
                Statistics.BASIC),
            2_000,
            20_000,
            "1"));
  }

  private static void print(Row row) {
    KeyState[] keys = new KeyState[row.keys];
    long before = usedBytes();
    fill(keys, row);
    long held = usedBytes() - before;
    long snapshots = 0;
    for (KeyState key : keys) {
      snapshots += SnapshotSize.bytes(key.snapshot());
    }
    System.out.printf(
        "| %s | %s | %,d | %,d | %s |%n",
        row.window, row.held, held / row.keys, snapshots / row.keys, row.panes);
  }

  /** Each key has one producer, whose batches are as long as those that gather under load. */
  private static void fill(KeyState[] keys, Row row) {
    for (int k = 0; k < keys.length; k++) {
      KeyState key = KeyState.empty(row.definition);
      RandomGenerator random = new SplittableRandom(k);
      for (int second = 0; second < row.samples; second += BATCH) {
        long[] times = new long[BATCH];
        for (int i = 0; i < BATCH; i++) {
          times[i] = (second + i) * SECOND;
        }
        // Over three orders of magnitude, as durations are: a sketch grows with their number.
        double[] values = random.doubles(BATCH).map(x -> Math.pow(1_000, x)).toArray();
        KeyBatch batch = new KeyBatch("p", 1 + second / BATCH, times, values);
        key = key.decide(row.definition, List.of(batch), 0).after();
      }
      keys[k] = key;
    }
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static StreamDefinition hopping(int seconds) {
    return stream(
        new WindowDefinition.Hopping(seconds * SECOND, SECOND, 0),
        Optional.empty(),
        Statistics.BASIC);
  }

  private static StreamDefinition stream(
      WindowDefinition window, Optional<WindowDetector> detector, Statistics statistics) {
    return new StreamDefinition(
        "s",
        List.of(new NamedWindow("w", window)),
        detector,
        new TimeRules(0, 0, 0, 0),
        16,
        statistics);
  }
}
