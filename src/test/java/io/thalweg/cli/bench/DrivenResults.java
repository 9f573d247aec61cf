package io.thalweg.cli.bench;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.testkit.StreamTestDriver;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.Summary;
import io.thalweg.v1.Window;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What keys know that decide with the program's own code, without a node. */
final class DrivenResults implements Results {
  private static final long SECOND = 1_000_000_000;

  private final Workload workload;
  private final StreamTestDriver driver;

  DrivenResults(Workload workload) {
    this.workload = workload;
    this.driver = StreamTestDriver.start(definition(workload), Instant.EPOCH.plusSeconds(2 << 29));
  }

  /** Counts a sample as it is sent. */
  void count(String name, int key, long index) {
    count(name, workload.timeNanos(key, index), workload.value(key, index));
  }

  void count(String name, long timeNanos, double value) {
    driver.pipe(name, new KeyBatch("", 0, new long[] {timeNanos}, new double[] {value}));
  }

  @Override
  public Optional<KeyState> state(String key) {
    return Optional.of(driver.state(key)).filter(s -> s.version() > 0).map(s -> proto(key, s));
  }

  @Override
  public void closedWindows(String key, long limit, Consumer<Window> each) {
    driver.closed(key).stream().limit(limit).map(DrivenResults::proto).forEach(each);
  }

  private static StreamDefinition definition(Workload workload) {
    return switch (workload) {
      case CountWorkload c ->
          new StreamDefinition(
              c.stream(),
              List.of(new NamedWindow("window", new WindowDefinition.SlidingCount(c.size()))),
              Optional.of(new WindowDetector("window", new DetectorDefinition.ZScore(6, 30))),
              new TimeRules(0, 0, 0, 0),
              1,
              Statistics.BASIC);
      case TimeWorkload t ->
          new StreamDefinition(
              t.stream(),
              List.of(
                  new NamedWindow(
                      "window", new WindowDefinition.Hopping(t.size() * SECOND, SECOND, 0))),
              Optional.empty(),
              new TimeRules(2 * SECOND, 0, 0, 0),
              1,
              Statistics.BASIC);
    };
  }

  private static KeyState proto(String key, io.thalweg.domain.key.KeyState state) {
    KeyState.Builder proto =
        KeyState.newBuilder()
            .setKey(key)
            .setVersion(state.version())
            .setTotal(proto(state.total()))
            .setLate(state.late())
            .setAnomalies(state.anomalies())
            .setLast(proto(state.last().orElseThrow()));
    state.windows().stream()
        .sorted(Comparator.comparingLong(io.thalweg.domain.window.Window::startNanos))
        .forEach(window -> proto.addWindows(proto(window)));
    return proto.build();
  }

  private static Window proto(io.thalweg.domain.window.Window window) {
    return Window.newBuilder()
        .setStartUnixNano(window.startNanos())
        .setEndUnixNano(window.endNanos())
        .setClosed(window.closed())
        .setRevision(window.revision())
        .setSummary(proto(window.summary()))
        .build();
  }

  private static io.thalweg.v1.Sample proto(Sample sample) {
    return io.thalweg.v1.Sample.newBuilder()
        .setTimeUnixNano(sample.timeNanos())
        .setValue(sample.value())
        .build();
  }

  private static Summary proto(io.thalweg.domain.stats.Summary summary) {
    return Summary.newBuilder()
        .setCount(summary.count())
        .setMean(summary.mean())
        .setVariance(summary.variance())
        .setMin(summary.min())
        .setMax(summary.max())
        .setSum(summary.sum())
        .build();
  }
}
