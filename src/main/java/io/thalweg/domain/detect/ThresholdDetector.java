package io.thalweg.domain.detect;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.Summary;
import java.util.Optional;

/**
 * By fixed limits: each sample beyond one of them is an anomaly, whatever came before. The score is
 * the distance from the limit.
 */
record ThresholdDetector(DetectorDefinition.Threshold definition) implements Detector {

  @Override
  public Optional<Anomaly> judge(long timeNanos, double value, LiveSummary window) {
    if (value > definition.above()) {
      return Optional.of(anomaly(new Sample(timeNanos, value), definition.above(), "above"));
    }
    if (value < definition.below()) {
      return Optional.of(anomaly(new Sample(timeNanos, value), definition.below(), "below"));
    }
    return Optional.empty();
  }

  @Override
  public DetectorMemory freeze() {
    return DetectorMemory.EMPTY;
  }

  private Anomaly anomaly(Sample sample, double limit, String view) {
    double distance = Math.min(Double.MAX_VALUE, Math.abs(sample.value() - limit));
    return new Anomaly(
        sample, distance, 0, definition.name(), view, Summary.EMPTY, new Finding.OverLimit(limit));
  }
}
