package io.thalweg.journal;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.journal.v1.StreamDefinition.ZScore;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stream definitions in the journal's messages. Equal ones are read as one instance, since every
 * key holds on to one.
 */
final class DefinitionCodec {
  /** Streams are few; beyond so many definitions, instances are no longer shared. */
  private static final int SHARED_MAX = 10_000;

  private static final Map<StreamDefinition, StreamDefinition> SHARED = new ConcurrentHashMap<>();

  private DefinitionCodec() {}

  static io.thalweg.journal.v1.StreamDefinition encode(StreamDefinition definition) {
    TimeRules time = definition.time();
    io.thalweg.journal.v1.StreamDefinition.Builder message =
        io.thalweg.journal.v1.StreamDefinition.newBuilder()
            .setName(definition.name())
            .setAllowedDisorder(time.allowedDisorderNanos())
            .setAllowedLateness(time.allowedLatenessNanos())
            .setIdleTimeout(time.idleTimeoutNanos())
            .setFutureBound(time.futureBoundNanos())
            .setProducersMax(definition.producersMax());
    definition.windows().forEach(window -> message.addWindows(WindowCodec.encode(window)));
    definition.detector().ifPresent(detector -> encode(detector, message));
    if (!definition.statistics().equals(Statistics.BASIC)) {
      message.setStatistics(encode(definition.statistics()));
    }
    return message.build();
  }

  static StreamDefinition decode(io.thalweg.journal.v1.StreamDefinition message) {
    StreamDefinition definition =
        new StreamDefinition(
            message.getName(),
            message.getWindowsList().stream().map(WindowCodec::decode).toList(),
            detector(message),
            new TimeRules(
                message.getAllowedDisorder(),
                message.getAllowedLateness(),
                message.getIdleTimeout(),
                message.getFutureBound()),
            message.getProducersMax(),
            message.hasStatistics() ? decode(message.getStatistics()) : Statistics.BASIC);
    StreamDefinition shared = SHARED.get(definition);
    if (shared == null && SHARED.size() < SHARED_MAX) {
      shared = SHARED.putIfAbsent(definition, definition);
    }
    return shared == null ? definition : shared;
  }

  private static void encode(
      WindowDetector detector, io.thalweg.journal.v1.StreamDefinition.Builder message) {
    message.setJudging(detector.window());
    switch (detector.definition()) {
      case DetectorDefinition.ZScore z ->
          message.setZScore(
              ZScore.newBuilder().setThreshold(z.threshold()).setMinSamples(z.minSamples()));
    }
  }

  private static Optional<WindowDetector> detector(io.thalweg.journal.v1.StreamDefinition message) {
    return switch (message.getDetectorCase()) {
      case Z_SCORE ->
          Optional.of(
              new WindowDetector(
                  message.getJudging(),
                  new DetectorDefinition.ZScore(
                      message.getZScore().getThreshold(), message.getZScore().getMinSamples())));
      case DETECTOR_NOT_SET -> Optional.empty();
    };
  }

  private static io.thalweg.journal.v1.StreamDefinition.Statistics encode(Statistics statistics) {
    io.thalweg.journal.v1.StreamDefinition.Statistics.Builder message =
        io.thalweg.journal.v1.StreamDefinition.Statistics.newBuilder()
            .setEnds(statistics.ends())
            .setRate(statistics.rate())
            .setShape(statistics.shape());
    statistics
        .quantiles()
        .ifPresent(q -> message.addAllRanks(q.ranks()).setRelativeError(q.relativeError()));
    statistics.halfLifeNanos().ifPresent(message::setHalfLife);
    return message.build();
  }

  private static Statistics decode(io.thalweg.journal.v1.StreamDefinition.Statistics message) {
    return new Statistics(
        message.getEnds(),
        message.getRate(),
        message.getShape(),
        message.getRanksCount() == 0
            ? Optional.empty()
            : Optional.of(
                new Statistics.Quantiles(message.getRanksList(), message.getRelativeError())),
        message.hasHalfLife() ? OptionalLong.of(message.getHalfLife()) : OptionalLong.empty());
  }
}
