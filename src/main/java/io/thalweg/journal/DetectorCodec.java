package io.thalweg.journal;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.journal.v1.StreamDefinition;
import io.thalweg.journal.v1.StreamDefinition.Ewma;
import io.thalweg.journal.v1.StreamDefinition.Surprise;
import io.thalweg.journal.v1.StreamDefinition.Threshold;
import io.thalweg.journal.v1.StreamDefinition.ZScore;
import java.util.Optional;

/** Definitions of detectors in the journal's messages. */
final class DetectorCodec {
  private DetectorCodec() {}

  static void encode(WindowDetector detector, StreamDefinition.Builder message) {
    message.setJudging(detector.window());
    switch (detector.definition()) {
      case DetectorDefinition.ZScore d ->
          message.setZScore(
              ZScore.newBuilder().setThreshold(d.threshold()).setMinSamples(d.minSamples()));
      case DetectorDefinition.Ewma d ->
          message.setEwma(
              Ewma.newBuilder()
                  .setAlpha(d.alpha())
                  .setThreshold(d.threshold())
                  .setMinSamples(d.minSamples()));
      case DetectorDefinition.Threshold d -> message.setThreshold(encode(d));
      case DetectorDefinition.Surprise d -> message.setSurprise(encode(d));
    }
  }

  static Optional<WindowDetector> decode(StreamDefinition message) {
    return definition(message).map(d -> new WindowDetector(message.getJudging(), d));
  }

  private static Optional<DetectorDefinition> definition(StreamDefinition message) {
    return switch (message.getDetectorCase()) {
      case Z_SCORE ->
          Optional.of(
              new DetectorDefinition.ZScore(
                  message.getZScore().getThreshold(), message.getZScore().getMinSamples()));
      case EWMA ->
          Optional.of(
              new DetectorDefinition.Ewma(
                  message.getEwma().getAlpha(),
                  message.getEwma().getThreshold(),
                  message.getEwma().getMinSamples()));
      case THRESHOLD -> Optional.of(decode(message.getThreshold()));
      case SURPRISE -> Optional.of(decode(message.getSurprise()));
      case DETECTOR_NOT_SET -> Optional.empty();
    };
  }

  private static Threshold encode(DetectorDefinition.Threshold threshold) {
    Threshold.Builder message = Threshold.newBuilder();
    if (Double.isFinite(threshold.above())) {
      message.setAbove(threshold.above());
    }
    if (Double.isFinite(threshold.below())) {
      message.setBelow(threshold.below());
    }
    return message.build();
  }

  private static DetectorDefinition.Threshold decode(Threshold message) {
    return new DetectorDefinition.Threshold(
        message.hasAbove() ? message.getAbove() : Double.POSITIVE_INFINITY,
        message.hasBelow() ? message.getBelow() : Double.NEGATIVE_INFINITY);
  }

  private static Surprise encode(DetectorDefinition.Surprise surprise) {
    return Surprise.newBuilder()
        .setThreshold(surprise.threshold())
        .setHabituation(surprise.habituation())
        .setHabituationSamples(surprise.habituationSamples())
        .setRefractorySamples(surprise.refractorySamples())
        .setOverride(surprise.override())
        .setWarmUpSamples(surprise.warmUpSamples())
        .setPointResidual(surprise.pointResidual())
        .build();
  }

  private static DetectorDefinition.Surprise decode(Surprise message) {
    return new DetectorDefinition.Surprise(
        message.getThreshold(),
        message.getHabituation(),
        message.getHabituationSamples(),
        message.getRefractorySamples(),
        message.getOverride(),
        message.getWarmUpSamples(),
        message.getPointResidual());
  }
}
