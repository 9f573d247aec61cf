package io.thalweg.journal;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stream definitions in the journal's messages. Equal ones are read as one instance, since every
 * key holds on to one.
 */
final class DefinitionCodec {
  /** Streams are few; beyond so many definitions, instances are no longer shared. */
  private static final int SHARED_MAX = 10_000;

  private static final String WINDOW = "window";

  private static final Map<StreamDefinition, StreamDefinition> SHARED = new ConcurrentHashMap<>();

  private DefinitionCodec() {}

  static io.thalweg.journal.v1.StreamDefinition encode(StreamDefinition definition) {
    io.thalweg.journal.v1.StreamDefinition.Builder message =
        io.thalweg.journal.v1.StreamDefinition.newBuilder()
            .setName(definition.name())
            .setAllowedDisorderNanos(definition.time().allowedDisorderNanos())
            .setFutureBoundNanos(definition.time().futureBoundNanos())
            .setProducersMax(definition.producersMax());
    switch (definition.windows().getFirst().definition()) {
      case WindowDefinition.SlidingCount count ->
          message.getSlidingCountBuilder().setSize(count.size());
      case WindowDefinition.Hopping time ->
          message
              .getSlidingTimeBuilder()
              .setSizeNanos(time.sizeNanos())
              .setSlideNanos(time.slideNanos());
      case WindowDefinition.Tumbling other -> throw unknown(other);
      case WindowDefinition.Session other -> throw unknown(other);
      case WindowDefinition.TumblingCount other -> throw unknown(other);
      case WindowDefinition.Total other -> throw unknown(other);
    }
    definition
        .detector()
        .ifPresent(
            detector -> {
              switch (detector.definition()) {
                case DetectorDefinition.ZScore z ->
                    message
                        .getZScoreBuilder()
                        .setThreshold(z.threshold())
                        .setMinSamples(z.minSamples());
              }
            });
    return message.build();
  }

  static StreamDefinition decode(io.thalweg.journal.v1.StreamDefinition message) {
    StreamDefinition definition =
        new StreamDefinition(
            message.getName(),
            List.of(new NamedWindow(WINDOW, window(message))),
            detector(message),
            new TimeRules(message.getAllowedDisorderNanos(), 0, 0, message.getFutureBoundNanos()),
            message.getProducersMax(),
            Statistics.BASIC);
    StreamDefinition shared = SHARED.get(definition);
    if (shared == null && SHARED.size() < SHARED_MAX) {
      shared = SHARED.putIfAbsent(definition, definition);
    }
    return shared == null ? definition : shared;
  }

  private static WindowDefinition window(io.thalweg.journal.v1.StreamDefinition message) {
    return switch (message.getWindowCase()) {
      case SLIDING_COUNT -> new WindowDefinition.SlidingCount(message.getSlidingCount().getSize());
      case SLIDING_TIME ->
          new WindowDefinition.Hopping(
              message.getSlidingTime().getSizeNanos(), message.getSlidingTime().getSlideNanos(), 0);
      case WINDOW_NOT_SET ->
          throw new IllegalArgumentException(
              "the definition of " + message.getName() + " has no window that is known here");
    };
  }

  private static IllegalArgumentException unknown(WindowDefinition window) {
    return new IllegalArgumentException("not stored yet: " + window);
  }

  private static Optional<WindowDetector> detector(io.thalweg.journal.v1.StreamDefinition message) {
    return switch (message.getDetectorCase()) {
      case Z_SCORE ->
          Optional.of(
              new WindowDetector(
                  WINDOW,
                  new DetectorDefinition.ZScore(
                      message.getZScore().getThreshold(), message.getZScore().getMinSamples())));
      case DETECTOR_NOT_SET -> Optional.empty();
    };
  }
}
