package io.thalweg.cli.bench;

import io.thalweg.v1.KeyState;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.WindowDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Workload C: mean and variance of each key's newest samples, and each sample's z-score against
 * those before it.
 *
 * @param size of the window, in samples
 */
public record CountWorkload(int size) implements Workload {
  /** Of the server. */
  static final int SIZE_MAX = 1_000_000;

  /** No sample lies so far off: see the test of this class. */
  private static final int THRESHOLD = 6;

  private static final int JUDGE_FROM = 30;
  private static final long MILLISECOND = 1_000_000;

  public CountWorkload {
    if (size < 2 || size > SIZE_MAX) {
      throw new IllegalArgumentException("the window holds 2 to 1,000,000 samples, not " + size);
    }
  }

  @Override
  public String name() {
    return "C";
  }

  @Override
  public String stream() {
    return "bench-c";
  }

  @Override
  public String definition() {
    return """
        bench-c {
          window { sliding-count = %d }
          detector { z-score { threshold = %d, min-samples = %d } }
        }
        """
        .formatted(size, THRESHOLD, judgeFrom());
  }

  @Override
  public Optional<String> difference(StreamDefinition actual) {
    WindowDefinition window = actual.getWindow();
    if (actual.getWindowsCount() != 1 || window.getSlidingCount().getSize() != size) {
      return Optional.of("its only window must be { sliding-count = " + size + " }");
    }
    if (!actual.hasDetector()
        || actual.getDetector().getZScore().getThreshold() != THRESHOLD
        || actual.getDetector().getZScore().getMinSamples() != judgeFrom()) {
      return Optional.of(
          "its detector must be { z-score { threshold = %d, min-samples = %d } }"
              .formatted(THRESHOLD, judgeFrom()));
    }
    return Optional.empty();
  }

  @Override
  public long timeNanos(int key, long index) {
    return START_NANOS + index * MILLISECOND;
  }

  @Override
  public double value(int key, long index) {
    return Values.of(key, index);
  }

  @Override
  public Tally total(int key, long count) {
    return Values.range(key, 0, count);
  }

  @Override
  public List<ExpectedWindow> windows(int key, long count) {
    long first = Math.max(0, count - size);
    return Stream.of(
            new ExpectedWindow(
                timeNanos(key, first),
                timeNanos(key, count - 1),
                false,
                Values.range(key, first, count)))
        .filter(window -> window.tally().count() > 0)
        .toList();
  }

  @Override
  public long closedCount(int key, long count) {
    return 0;
  }

  @Override
  public ExpectedWindow closed(int key, long count, long place) {
    throw new IllegalArgumentException("a sliding count does not close");
  }

  @Override
  public Optional<String> otherFlaw(int key, long count, KeyState state) {
    if (state.getLast().getValue() != value(key, count - 1)
        || state.getLast().getTimeUnixNano() != timeNanos(key, count - 1)) {
      return Optional.of("the last sample is another: " + state.getLast());
    }
    return size >= JUDGE_FROM && state.getAnomalies() != 0
        ? Optional.of(state.getAnomalies() + " anomalies, where there is none")
        : Optional.empty();
  }

  private int judgeFrom() {
    return Math.min(size, JUDGE_FROM);
  }
}
