package io.thalweg.results;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.v1.Anomaly;
import io.thalweg.v1.DetectorDefinition.Builder;
import io.thalweg.v1.Sample;
import io.thalweg.v1.SlidingCountWindow;
import io.thalweg.v1.SlidingTimeWindow;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.Summary;
import io.thalweg.v1.Update;
import io.thalweg.v1.Window;
import io.thalweg.v1.ZScoreDetector;

/** The domain's results in the words of the API. */
final class Protos {
  private Protos() {}

  static io.thalweg.v1.KeyState keyState(StreamKey key, KeyState state) {
    io.thalweg.v1.KeyState.Builder message =
        io.thalweg.v1.KeyState.newBuilder()
            .setStream(key.stream())
            .setKey(key.key())
            .setVersion(state.version())
            .setTotal(summary(state.total()))
            .setLate(state.late())
            .setAnomalies(state.anomalies());
    state.watermarkNanos().ifPresent(message::setWatermarkUnixNano);
    state.last().ifPresent(last -> message.setLast(sample(last)));
    state.windows().forEach(window -> message.addWindows(window(window)));
    return message.build();
  }

  static Update update(StreamKey key, long version, Outcome outcome) {
    Update.Builder update = Update.newBuilder().setKey(key.key()).setVersion(version);
    switch (outcome) {
      case Outcome.WindowClosed closed -> update.setWindowClosed(window(closed.window()));
      case Outcome.WindowUpdated updated -> update.setWindowClosed(window(updated.window()));
      case Outcome.AnomalyRaised raised -> update.setAnomaly(anomaly(raised.anomaly()));
      case Outcome.LateSample late -> update.setLateSample(sample(late.sample()));
    }
    return update.build();
  }

  static Update update(StreamKey key, KeyState state) {
    return Update.newBuilder()
        .setKey(key.key())
        .setVersion(state.version())
        .setState(keyState(key, state))
        .build();
  }

  static StreamDefinition definition(io.thalweg.domain.key.StreamDefinition definition) {
    StreamDefinition.Builder message =
        StreamDefinition.newBuilder()
            .setStream(definition.name())
            .setWindow(window(definition.windows().getFirst().definition()))
            .setAllowedDisorderNanos(definition.time().allowedDisorderNanos())
            .setFutureBoundNanos(definition.time().futureBoundNanos());
    definition
        .detector()
        .ifPresent(detector -> message.setDetector(detector(detector.definition())));
    return message.build();
  }

  private static io.thalweg.v1.WindowDefinition window(WindowDefinition definition) {
    io.thalweg.v1.WindowDefinition.Builder message = io.thalweg.v1.WindowDefinition.newBuilder();
    switch (definition) {
      case WindowDefinition.SlidingCount count ->
          message.setSlidingCount(SlidingCountWindow.newBuilder().setSize(count.size()));
      case WindowDefinition.Tumbling time ->
          message.setSlidingTime(
              SlidingTimeWindow.newBuilder()
                  .setSizeNanos(time.sizeNanos())
                  .setSlideNanos(time.sizeNanos()));
      case WindowDefinition.Session session -> {}
      case WindowDefinition.TumblingCount count -> {}
      case WindowDefinition.Total total -> {}
      case WindowDefinition.Hopping time ->
          message.setSlidingTime(
              SlidingTimeWindow.newBuilder()
                  .setSizeNanos(time.sizeNanos())
                  .setSlideNanos(time.slideNanos()));
    }
    return message.build();
  }

  private static io.thalweg.v1.DetectorDefinition detector(DetectorDefinition definition) {
    Builder message = io.thalweg.v1.DetectorDefinition.newBuilder();
    switch (definition) {
      case DetectorDefinition.ZScore zScore ->
          message.setZScore(
              ZScoreDetector.newBuilder()
                  .setThreshold(zScore.threshold())
                  .setMinSamples(zScore.minSamples()));
    }
    return message.build();
  }

  private static Window window(io.thalweg.domain.window.Window window) {
    return Window.newBuilder()
        .setStartUnixNano(window.startNanos())
        .setEndUnixNano(window.endNanos())
        .setClosed(window.closed())
        .setSummary(summary(window.summary()))
        .build();
  }

  private static Anomaly anomaly(io.thalweg.domain.detect.Anomaly anomaly) {
    return Anomaly.newBuilder()
        .setSample(sample(anomaly.sample()))
        .setScore(anomaly.score())
        .setThreshold(anomaly.threshold())
        .setDetector(anomaly.detector())
        .setView(anomaly.view())
        .setEvidence(summary(anomaly.evidence()))
        .build();
  }

  private static Sample sample(io.thalweg.domain.sample.Sample sample) {
    return Sample.newBuilder().setTimeUnixNano(sample.timeNanos()).setValue(sample.value()).build();
  }

  private static Summary summary(io.thalweg.domain.stats.Summary summary) {
    return Summary.newBuilder()
        .setCount(summary.count())
        .setMean(summary.mean())
        .setVariance(summary.variance())
        .setSampleVariance(summary.sampleVariance())
        .setMin(summary.min())
        .setMax(summary.max())
        .setSum(summary.sum())
        .build();
  }
}
