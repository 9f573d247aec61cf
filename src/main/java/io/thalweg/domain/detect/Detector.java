package io.thalweg.domain.detect;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.LiveSummary;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Judges the samples of one key, in order of arrival. Of one thread.
 *
 * <p>For each sample: {@link #judge}. At the end {@link #freeze}, once; the detector is not used
 * after that.
 */
public sealed interface Detector
    permits Detector.None, Detector.ZScore, EwmaDetector, ThresholdDetector, SurpriseDetector {

  /** The detector that a definition asks for; one that finds nothing where there is none. */
  static Detector of(Optional<DetectorDefinition> definition) {
    return of(definition, ZoneOffset.UTC, DetectorMemory.EMPTY);
  }

  /**
   * The detector that a definition asks for; one that finds nothing where there is none.
   *
   * @param zone for the time of day
   * @param memory of the samples so far; of a detector of the same definition and zone
   * @throws IllegalArgumentException if it isn't
   */
  static Detector of(Optional<DetectorDefinition> definition, ZoneId zone, DetectorMemory memory) {
    if (definition.isEmpty()) {
      return new None();
    }
    return switch (definition.get()) {
      case DetectorDefinition.ZScore d -> new ZScore(d);
      case DetectorDefinition.Ewma d -> new EwmaDetector(d, memory);
      case DetectorDefinition.Threshold d -> new ThresholdDetector(d);
      case DetectorDefinition.Surprise d -> new SurpriseDetector(d, zone, memory);
    };
  }

  /**
   * Judges a sample, then learns it. Allocates only where it finds something, and now and then
   * where the memory grows.
   *
   * @param value finite
   * @param before the window without the sample; read at once, and only by detectors that judge
   *     against a window
   */
  Optional<Anomaly> judge(long timeNanos, double value, LiveSummary before);

  /** What is remembered now. */
  DetectorMemory freeze();

  /** Finds nothing. */
  record None() implements Detector {
    @Override
    public Optional<Anomaly> judge(long timeNanos, double value, LiveSummary before) {
      return Optional.empty();
    }

    @Override
    public DetectorMemory freeze() {
      return DetectorMemory.EMPTY;
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

    @Override
    public DetectorMemory freeze() {
      return DetectorMemory.EMPTY;
    }

    /** A distance from a mean in deviations. */
    static double score(double distance, double mean, double variance) {
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
