package io.thalweg.results;

import io.thalweg.domain.key.WindowDetector;
import io.thalweg.v1.DetectorDefinition;
import io.thalweg.v1.EwmaDetector;
import io.thalweg.v1.SurpriseDetector;
import io.thalweg.v1.ThresholdDetector;
import io.thalweg.v1.ZScoreDetector;

/** Detectors' definitions in the words of the API. */
final class DetectorProtos {
  private DetectorProtos() {}

  static DetectorDefinition detector(WindowDetector detector) {
    DetectorDefinition.Builder message =
        DetectorDefinition.newBuilder().setWindow(detector.window());
    switch (detector.definition()) {
      case io.thalweg.domain.detect.DetectorDefinition.ZScore d ->
          message.setZScore(
              ZScoreDetector.newBuilder()
                  .setThreshold(d.threshold())
                  .setMinSamples(d.minSamples()));
      case io.thalweg.domain.detect.DetectorDefinition.Ewma d ->
          message.setEwma(
              EwmaDetector.newBuilder()
                  .setAlpha(d.alpha())
                  .setThreshold(d.threshold())
                  .setMinSamples(d.minSamples()));
      case io.thalweg.domain.detect.DetectorDefinition.Threshold d ->
          message.setThreshold(threshold(d));
      case io.thalweg.domain.detect.DetectorDefinition.Surprise d ->
          message.setSurprise(surprise(d));
    }
    return message.build();
  }

  private static ThresholdDetector threshold(
      io.thalweg.domain.detect.DetectorDefinition.Threshold threshold) {
    ThresholdDetector.Builder message = ThresholdDetector.newBuilder();
    if (Double.isFinite(threshold.above())) {
      message.setAbove(threshold.above());
    }
    if (Double.isFinite(threshold.below())) {
      message.setBelow(threshold.below());
    }
    return message.build();
  }

  private static SurpriseDetector surprise(
      io.thalweg.domain.detect.DetectorDefinition.Surprise surprise) {
    return SurpriseDetector.newBuilder()
        .setThreshold(surprise.threshold())
        .setHabituation(surprise.habituation())
        .setHabituationSamples(surprise.habituationSamples())
        .setRefractorySamples(surprise.refractorySamples())
        .setOverride(surprise.override())
        .setWarmUpSamples(surprise.warmUpSamples())
        .setPointResidual(surprise.pointResidual())
        .build();
  }
}
