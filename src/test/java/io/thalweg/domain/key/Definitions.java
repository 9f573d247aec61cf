package io.thalweg.domain.key;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.window.WindowDefinition;
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
        new WindowDefinition.SlidingTime(10 * SECOND, 5 * SECOND),
        Optional.empty(),
        seconds * SECOND,
        1024);
  }

  static StreamDefinition judged(StreamDefinition d, double threshold, int minSamples) {
    return with(
        d.window(),
        Optional.of(new DetectorDefinition.ZScore(threshold, minSamples)),
        d.allowedDisorderNanos(),
        d.producersMax());
  }

  static StreamDefinition bounded(StreamDefinition d, int producersMax) {
    return with(d.window(), d.detector(), d.allowedDisorderNanos(), producersMax);
  }

  static StreamDefinition with(
      WindowDefinition window,
      Optional<DetectorDefinition> detector,
      long allowedDisorderNanos,
      int producersMax) {
    return new StreamDefinition(
        "s", window, detector, allowedDisorderNanos, 60 * SECOND, producersMax);
  }
}
