package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.window.NamedWindow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The streams' definitions, {@code thalweg.streams}. */
final class StreamsSettings {
  private static final Set<String> STREAM_KEYS =
      Set.of(
          "window",
          "windows",
          "detector",
          "time-zone",
          "statistics",
          "quantiles",
          "quantiles-relative-error",
          "ewma-half-life",
          "allowed-disorder",
          "allowed-lateness",
          "idle-timeout",
          "future-bound",
          "producers-max");

  private static final int PRODUCERS_MAX = 65_536;

  private StreamsSettings() {}

  /** The definitions by name, at least one. */
  static Map<String, StreamDefinition> from(Config config) {
    ConfigObject streams = config.getObject("thalweg.streams");
    if (streams.isEmpty()) {
      throw new IllegalArgumentException("thalweg.streams is empty: define at least one stream");
    }
    Config defaults = config.getConfig("thalweg.stream-defaults");
    DetectorSettings detectors =
        new DetectorSettings(config.getConfig("thalweg.detector-defaults"));
    Map<String, StreamDefinition> definitions = new TreeMap<>();
    streams.forEach(
        (name, stream) ->
            definitions.put(
                name,
                definition(
                    name, Section.of("thalweg.streams." + name, stream), defaults, detectors)));
    return Map.copyOf(definitions);
  }

  private static StreamDefinition definition(
      String name, Section own, Config defaults, DetectorSettings detectors) {
    own.only(STREAM_KEYS);
    Section stream = own.withFallback(defaults);
    List<NamedWindow> windows = WindowsSettings.from(own);
    return own.checked(
        () ->
            new StreamDefinition(
                name,
                windows,
                own.has("detector")
                    ? Optional.of(detectors.read(own.section("detector"), windows))
                    : Optional.empty(),
                time(stream),
                producersMax(stream),
                StatisticsSettings.from(own, stream)));
  }

  private static TimeRules time(Section stream) {
    long idleTimeoutNanos = stream.nanos("idle-timeout");
    if (idleTimeoutNanos > 0) {
      stream.nanos("idle-timeout", Duration.ofMillis(1));
    }
    return new TimeRules(
        stream.nanos("allowed-disorder"),
        stream.nanos("allowed-lateness"),
        idleTimeoutNanos,
        stream.nanos("future-bound"),
        zone(stream));
  }

  private static ZoneId zone(Section stream) {
    String id = stream.text("time-zone");
    try {
      // An offset of 0 under another name is UTC, too.
      ZoneId zone = ZoneId.of(id).normalized();
      return zone.equals(ZoneOffset.UTC) ? ZoneOffset.UTC : ZoneId.of(id);
    } catch (DateTimeException unknown) {
      throw stream.wrong(
          "time-zone", "must be a time zone like Europe/Berlin or UTC, but is '" + id + "'");
    }
  }

  private static int producersMax(Section stream) {
    int producers = stream.integer("producers-max");
    if (producers < 1 || producers > PRODUCERS_MAX) {
      throw stream.wrong(
          "producers-max", "must be from 1 to " + PRODUCERS_MAX + ", but is " + producers);
    }
    return producers;
  }
}
