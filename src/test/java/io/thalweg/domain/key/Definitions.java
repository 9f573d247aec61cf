package io.thalweg.domain.key;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.util.List;
import java.util.Optional;

/** Definitions that the tests start from. */
final class Definitions {
  static final long SECOND = 1_000_000_000;

  private Definitions() {}

  /** The newest samples, no disorder allowed, no detector. */
  static StreamDefinition counting(int size) {
    return with(new WindowDefinition.SlidingCount(size), Optional.empty(), 0, 1024);
  }

  /** Ten seconds by five, no disorder allowed, no detector. */
  static StreamDefinition timed() {
    return disordered(0);
  }

  static StreamDefinition disordered(long seconds) {
    return with(
        new WindowDefinition.Hopping(10 * SECOND, 5 * SECOND, 0),
        Optional.empty(),
        seconds * SECOND,
        1024);
  }

  static StreamDefinition judged(StreamDefinition d, double threshold, int minSamples) {
    return with(
        d.windows().getFirst().definition(),
        Optional.of(new DetectorDefinition.ZScore(threshold, minSamples)),
        d.time().allowedDisorderNanos(),
        d.producersMax());
  }

  static StreamDefinition bounded(StreamDefinition d, int producersMax) {
    return with(
        d.windows().getFirst().definition(),
        d.detector().map(WindowDetector::definition),
        d.time().allowedDisorderNanos(),
        producersMax);
  }

  static StreamDefinition with(
      WindowDefinition window,
      Optional<DetectorDefinition> detector,
      long allowedDisorderNanos,
      int producersMax) {
    return new StreamDefinition(
        "s",
        List.of(new NamedWindow("w", window)),
        detector.map(d -> new WindowDetector(d.judgesWindow() ? "w" : "", d)),
        new TimeRules(allowedDisorderNanos, 0, 0, 60 * SECOND),
        producersMax,
        Statistics.BASIC);
  }
}
