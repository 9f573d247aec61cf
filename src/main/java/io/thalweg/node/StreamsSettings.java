package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.window.NamedWindow;
import java.time.Duration;
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
    Map<String, StreamDefinition> definitions = new TreeMap<>();
    streams.forEach(
        (name, stream) ->
            definitions.put(
                name, definition(name, Section.of("thalweg.streams." + name, stream), defaults)));
    return Map.copyOf(definitions);
  }

  private static StreamDefinition definition(String name, Section own, Config defaults) {
    own.only(STREAM_KEYS);
    Section stream = own.withFallback(defaults);
    List<NamedWindow> windows = WindowsSettings.from(own);
    return own.checked(
        () ->
            new StreamDefinition(
                name,
                windows,
                own.has("detector")
                    ? Optional.of(detector(own.section("detector"), windows))
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
        stream.nanos("future-bound"));
  }

  private static int producersMax(Section stream) {
    int producers = stream.integer("producers-max");
    if (producers < 1 || producers > PRODUCERS_MAX) {
      throw stream.wrong(
          "producers-max", "must be from 1 to " + PRODUCERS_MAX + ", but is " + producers);
    }
    return producers;
  }

  /** Without a window's name it judges against the first one. */
  private static WindowDetector detector(Section detector, List<NamedWindow> windows) {
    String window = detector.has("window") ? detector.text("window") : windows.getFirst().name();
    List<String> names = windows.stream().map(NamedWindow::name).toList();
    if (!names.contains(window)) {
      throw detector.wrong(
          "window", "there is no window '" + window + "'; the stream's windows are " + names);
    }
    return new WindowDetector(window, definition(detector.without("window")));
  }

  private static DetectorDefinition definition(Section detector) {
    Section zScore = detector.section(detector.kind(Set.of("z-score")));
    zScore.only(Set.of("threshold", "min-samples"));
    return zScore.checked(
        () ->
            new DetectorDefinition.ZScore(
                zScore.number("threshold"), zScore.integer("min-samples")));
  }
}
