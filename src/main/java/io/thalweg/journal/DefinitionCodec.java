package io.thalweg.journal;

import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.stats.Statistics;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
    definition.detector().ifPresent(detector -> DetectorCodec.encode(detector, message));
    if (!time.zone().equals(ZoneOffset.UTC)) {
      message.setTimeZone(time.zone().getId());
    }
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
            DetectorCodec.decode(message),
            new TimeRules(
                message.getAllowedDisorder(),
                message.getAllowedLateness(),
                message.getIdleTimeout(),
                message.getFutureBound(),
                zone(message.getTimeZone())),
            message.getProducersMax(),
            message.hasStatistics() ? decode(message.getStatistics()) : Statistics.BASIC);
    StreamDefinition shared = SHARED.get(definition);
    if (shared == null && SHARED.size() < SHARED_MAX) {
      shared = SHARED.putIfAbsent(definition, definition);
    }
    return shared == null ? definition : shared;
  }

  private static ZoneId zone(String id) {
    try {
      return id.isEmpty() ? ZoneOffset.UTC : ZoneId.of(id);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "the time zone '" + id + "' is not known to this JVM", unknown);
    }
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
