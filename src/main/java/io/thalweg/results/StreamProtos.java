package io.thalweg.results;

import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.Emission;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.v1.SessionWindow;
import io.thalweg.v1.SlidingCountWindow;
import io.thalweg.v1.SlidingTimeWindow;
import io.thalweg.v1.StatisticsDefinition;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.TotalWindow;
import io.thalweg.v1.TumblingCountWindow;
import io.thalweg.v1.TumblingWindow;
import java.time.ZoneOffset;

/** Streams' definitions in the words of the API. */
final class StreamProtos {
  private StreamProtos() {}

  static StreamDefinition definition(io.thalweg.domain.key.StreamDefinition definition) {
    TimeRules time = definition.time();
    StreamDefinition.Builder message =
        StreamDefinition.newBuilder()
            .setStream(definition.name())
            .setWindow(window(definition.windows().getFirst()))
            .setAllowedDisorderNanos(time.allowedDisorderNanos())
            .setAllowedLatenessNanos(time.allowedLatenessNanos())
            .setIdleTimeoutNanos(time.idleTimeoutNanos())
            .setFutureBoundNanos(time.futureBoundNanos())
            .setTimeZone(time.zone().equals(ZoneOffset.UTC) ? "UTC" : time.zone().getId());
    definition.windows().forEach(window -> message.addWindows(window(window)));
    definition
        .detector()
        .ifPresent(detector -> message.setDetector(DetectorProtos.detector(detector)));
    if (!definition.statistics().equals(Statistics.BASIC)) {
      message.setStatistics(statistics(definition.statistics()));
    }
    return message.build();
  }

  private static io.thalweg.v1.WindowDefinition window(NamedWindow window) {
    io.thalweg.v1.WindowDefinition.Builder message =
        io.thalweg.v1.WindowDefinition.newBuilder().setName(window.name());
    setKind(window.definition(), message);
    switch (window.emission()) {
      case Emission.OnClose onClose -> {}
      case Emission.Every every -> message.setEveryNanos(every.nanos());
      case Emission.EveryBatch every -> message.setEveryBatch(true);
    }
    return message.build();
  }

  private static void setKind(
      WindowDefinition definition, io.thalweg.v1.WindowDefinition.Builder message) {
    switch (definition) {
      case WindowDefinition.Tumbling w ->
          message.setTumbling(
              TumblingWindow.newBuilder()
                  .setSizeNanos(w.sizeNanos())
                  .setOffsetNanos(w.offsetNanos()));
      case WindowDefinition.Hopping w ->
          message.setSlidingTime(
              SlidingTimeWindow.newBuilder()
                  .setSizeNanos(w.sizeNanos())
                  .setSlideNanos(w.slideNanos())
                  .setOffsetNanos(w.offsetNanos()));
      case WindowDefinition.Session w ->
          message.setSession(SessionWindow.newBuilder().setGapNanos(w.gapNanos()));
      case WindowDefinition.TumblingCount w ->
          message.setTumblingCount(TumblingCountWindow.newBuilder().setSize(w.size()));
      case WindowDefinition.SlidingCount w ->
          message.setSlidingCount(SlidingCountWindow.newBuilder().setSize(w.size()));
      case WindowDefinition.Total w -> message.setTotal(TotalWindow.getDefaultInstance());
    }
  }

  private static StatisticsDefinition statistics(Statistics statistics) {
    StatisticsDefinition.Builder message =
        StatisticsDefinition.newBuilder()
            .setEnds(statistics.ends())
            .setRate(statistics.rate())
            .setShape(statistics.shape());
    statistics
        .quantiles()
        .ifPresent(
            q -> message.addAllQuantiles(q.ranks()).setQuantilesRelativeError(q.relativeError()));
    statistics.halfLifeNanos().ifPresent(message::setEwmaHalfLifeNanos);
    return message.build();
  }
}
