package io.thalweg.domain.detect;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.LiveSummary;
import java.util.Optional;

/** Judges a sample against the window before it. */
public sealed interface Detector {

  /** The detector that a definition asks for; one that finds nothing where there is none. */
  static Detector of(Optional<DetectorDefinition> definition) {
    if (definition.isEmpty()) {
      return new None();
    }
    return switch (definition.get()) {
      case DetectorDefinition.ZScore d -> new ZScore(d);
    };
  }

  /**
   * Allocates only where it finds something.
   *
   * @param before the window without the sample; read at once
   */
  Optional<Anomaly> judge(long timeNanos, double value, LiveSummary before);

  /** Finds nothing. */
  record None() implements Detector {
    @Override
    public Optional<Anomaly> judge(long timeNanos, double value, LiveSummary before) {
      return Optional.empty();
    }
  }

  /**
   * By the distance from the mean in standard deviations of the population. A window whose values
   * are all but equal has no scale of its own: its deviation is taken as no smaller than {@value
   * #DEVIATION_MIN} of the mean's size, and no score is above {@value #SCORE_MAX}.
   */
  record ZScore(DetectorDefinition.ZScore definition) implements Detector {
    static final double DEVIATION_MIN = 1e-9;
    static final double SCORE_MAX = 1e9;

    @Override
    public Optional<Anomaly> judge(long timeNanos, double value, LiveSummary before) {
      if (before.count() < definition.minSamples()) {
        return Optional.empty();
      }
      double mean = before.mean();
      double score = score(value - mean, mean, before.variance());
      return score > definition.threshold()
          ? Optional.of(anomaly(new Sample(timeNanos, value), score, value > mean, before))
          : Optional.empty();
    }

    private static double score(double distance, double mean, double variance) {
      double floor = Math.max(DEVIATION_MIN * Math.abs(mean), Double.MIN_NORMAL);
      double deviation = Math.max(Math.sqrt(variance), floor);
      return Math.min(SCORE_MAX, Math.abs(distance) / deviation);
    }

    private Anomaly anomaly(Sample sample, double score, boolean high, LiveSummary before) {
      return new Anomaly(
          sample,
          score,
          definition.threshold(),
          definition.name(),
          high ? "high" : "low",
          before.summary());
    }
  }
}
