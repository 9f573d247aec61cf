package io.thalweg.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.lang.management.ManagementFactory;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples that raise nothing leave no garbage. Nothing is timed. */
class AllocationTest {
  private static final int WARM_UP = 50_000;
  private static final int SAMPLES = 100_000;
  private static final long SECOND = 1_000_000_000L;

  /** What asking for the count may itself allocate, and a rest of what the compiler does. */
  private static final long SLACK_BYTES = 1_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Random random = new Random(11);
  private long second = 1_400_000_000L;

  static Stream<DetectorDefinition> detectors() {
    // No alert, since what an alert allocates is not what is measured.
    return Stream.of(
        new DetectorDefinition.Surprise(1e14, 0.05, 2000, 120, 3, 0, true),
        new DetectorDefinition.Ewma(0.01, 1e8, 30),
        new DetectorDefinition.Threshold(1e9, -1e9));
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void aSampleThatRaisesNothingAllocatesNothing(DetectorDefinition definition) {
    Detector detector =
        Detector.of(Optional.of(definition), ZoneId.of("Europe/Berlin"), DetectorMemory.EMPTY);
    judge(detector, WARM_UP);
    assertThat(allocatedBy(() -> judge(detector, SAMPLES))).isLessThan(SLACK_BYTES);
  }

  /** With an earlier version of the memory that must stay what it is, as in a key. */
  @ParameterizedTest
  @MethodSource("detectors")
  void whatAnEventAllocatesDoesNotGrowWithItsSamples(DetectorDefinition definition) {
    StreamDefinition stream =
        new StreamDefinition(
            "pumps",
            List.of(new NamedWindow("window", new WindowDefinition.SlidingCount(100))),
            Optional.of(WindowDetector.ofKey(definition)),
            new TimeRules(0, 0, 0, SECOND),
            16,
            Statistics.BASIC);
    KeyState state = KeyState.empty(stream);
    for (int i = 0; i < 100; i++) {
      state = state.decide(stream, List.of(batch(2_000)), 1).after();
    }
    KeyState warm = state;
    // From 1,000 samples on all that can be overwritten is, so that a copy of the memory is made.
    KeyBatch small = batch(2_000);
    long ofSmall = allocatedBy(() -> warm.decide(stream, List.of(small), 1));
    KeyState next = warm.decide(stream, List.of(batch(2_000)), 1).after();
    KeyBatch large = batch(200_000);
    long ofLarge = allocatedBy(() -> next.decide(stream, List.of(large), 1));
    assertThat(ofLarge - ofSmall).as("of " + ofSmall).isLessThan(100 * SLACK_BYTES);
  }

  private static long allocatedBy(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private void judge(Detector detector, int samples) {
    for (int i = 0; i < samples; i++) {
      Optional<Anomaly> anomaly = detector.judge(second++ * SECOND, value(), LiveSummary.NOTHING);
      if (anomaly.isPresent()) {
        throw new AssertionError("not an anomaly: " + anomaly.get());
      }
    }
  }

  private KeyBatch batch(int samples) {
    long[] times = new long[samples];
    double[] values = new double[samples];
    for (int i = 0; i < samples; i++) {
      times[i] = second++ * SECOND;
      values[i] = value();
    }
    return new KeyBatch("", 0, times, values);
  }

  /** A daily wave with noise. */
  private double value() {
    return 100 + 20 * Math.sin(second * 2 * Math.PI / 86_400) + random.nextGaussian();
  }
}
