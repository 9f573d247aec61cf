package io.thalweg.bench;

import io.thalweg.domain.RealSeries;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a sample costs a key that decides: the windows, the detector, the event with all that it
 * tells of, and the state after it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SampleCost {
  private static final long SECOND = 1_000_000_000;

  /** Windows of time that slide by a second, told of at each slide. */
  @State(Scope.Thread)
  public static class Hopping {
    @Param({"60", "600", "3600"})
    public int slides;

    @Param({"0", "2"})
    public int disorderSeconds;

    private Feed feed = new Feed(hopping(1, 0), false, 0);

    /** Fills the windows. */
    @Setup
    public void fill() {
      feed = new Feed(hopping(slides, disorderSeconds), disorderSeconds > 0, 2 * slides);
    }
  }

  /** The newest 100 samples, each judged by its z-score among those before it. */
  @State(Scope.Thread)
  public static class Counting {
    private final Feed feed = new Feed(counting(), false, 200);
  }

  /** A real series, with all detectors that judge all samples of a key, and with none. */
  @State(Scope.Thread)
  public static class Judged {
    @Param({"none", "threshold", "ewma", "surprise", "surprise and spike"})
    public String detector = "none";

    /** With few shapes, and with as many as the detector knows. */
    @Param({"nyc_taxi", "Twitter_volume_GOOG"})
    public String series = "nyc_taxi";

    private Feed feed = new Feed(hopping(1, 0), false, 0);

    /** Has the detector learn all of the series. */
    @Setup
    public void learn() {
      RealSeries real =
          RealSeries.all().stream()
              .filter(one -> one.name().contains(series))
              .findAny()
              .orElseThrow();
      feed = Feed.of(real, judged(detector), real.size());
    }
  }

  /** A sample that a detector judges which judges all samples of a key. */
  @Benchmark
  @OperationsPerInvocation(Feed.BATCH)
  public Decision judged(Judged state) {
    return state.feed.next();
  }

  /** A sample in hopping windows. */
  @Benchmark
  @OperationsPerInvocation(Feed.BATCH)
  public Decision hopping(Hopping state) {
    return state.feed.next();
  }

  /** A sample in a sliding count window. */
  @Benchmark
  @OperationsPerInvocation(Feed.BATCH)
  public Decision slidingCount(Counting state) {
    return state.feed.next();
  }

  private static StreamDefinition hopping(int slides, int disorderSeconds) {
    return stream(
        new WindowDefinition.Hopping(slides * SECOND, SECOND, 0),
        Optional.empty(),
        disorderSeconds);
  }

  private static StreamDefinition judged(String detector) {
    Optional<DetectorDefinition> definition =
        switch (detector) {
          case "threshold" -> Optional.of(new DetectorDefinition.Threshold(1e9, -1e9));
          case "ewma" -> Optional.of(new DetectorDefinition.Ewma(0.01, 6, 30));
          case "surprise" -> Optional.of(DetectorDefinition.Surprise.DEFAULT);
          case "surprise and spike" ->
              Optional.of(new DetectorDefinition.Surprise(3, 0.05, 2_000, 120, 3, 0, true));
          default -> Optional.empty();
        };
    return stream(new WindowDefinition.Total(), definition.map(WindowDetector::ofKey), 0);
  }

  private static StreamDefinition counting() {
    return stream(
        new WindowDefinition.SlidingCount(100),
        Optional.of(new WindowDetector("w", new DetectorDefinition.ZScore(5, 30))),
        0);
  }

  private static StreamDefinition stream(
      WindowDefinition window, Optional<WindowDetector> detector, int disorderSeconds) {
    return new StreamDefinition(
        "s",
        List.of(new NamedWindow("w", window)),
        detector,
        new TimeRules(disorderSeconds * SECOND, 0, 0, 0),
        16,
        Statistics.BASIC);
  }
}
