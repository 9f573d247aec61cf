package io.thalweg.journal;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.window.WindowDefinition;
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

  private static final Map<StreamDefinition, StreamDefinition> SHARED = new ConcurrentHashMap<>();

  private DefinitionCodec() {}

  static io.thalweg.journal.v1.StreamDefinition encode(StreamDefinition definition) {
    io.thalweg.journal.v1.StreamDefinition.Builder message =
        io.thalweg.journal.v1.StreamDefinition.newBuilder()
            .setName(definition.name())
            .setAllowedDisorderNanos(definition.allowedDisorderNanos())
            .setFutureBoundNanos(definition.futureBoundNanos())
            .setProducersMax(definition.producersMax());
    switch (definition.window()) {
      case WindowDefinition.SlidingCount count ->
          message.getSlidingCountBuilder().setSize(count.size());
      case WindowDefinition.SlidingTime time ->
          message
              .getSlidingTimeBuilder()
              .setSizeNanos(time.sizeNanos())
              .setSlideNanos(time.slideNanos());
    }
    definition
        .detector()
        .ifPresent(
            detector -> {
              switch (detector) {
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
            window(message),
            detector(message),
            message.getAllowedDisorderNanos(),
            message.getFutureBoundNanos(),
            message.getProducersMax());
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
          new WindowDefinition.SlidingTime(
              message.getSlidingTime().getSizeNanos(), message.getSlidingTime().getSlideNanos());
      case WINDOW_NOT_SET ->
          throw new IllegalArgumentException(
              "the definition of " + message.getName() + " has no window that is known here");
    };
  }

  private static Optional<DetectorDefinition> detector(
      io.thalweg.journal.v1.StreamDefinition message) {
    return switch (message.getDetectorCase()) {
      case Z_SCORE ->
          Optional.of(
              new DetectorDefinition.ZScore(
                  message.getZScore().getThreshold(), message.getZScore().getMinSamples()));
      case DETECTOR_NOT_SET -> Optional.empty();
    };
  }
}
