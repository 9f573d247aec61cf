package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
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
import java.util.Set;
import java.util.TreeMap;

/** The streams' definitions, {@code thalweg.streams}. */
final class StreamsSettings {
  private static final Set<String> STREAM_KEYS =
      Set.of("window", "detector", "allowed-disorder", "future-bound", "producers-max");

  private StreamsSettings() {}

  /** The definitions by name, at least one. */
  static Map<String, StreamDefinition> from(Config config) {
    ConfigObject streams = config.getObject("thalweg.streams");
    if (streams.isEmpty()) {
      throw new IllegalArgumentException("thalweg.streams is empty: define at least one stream");
    }
    Config defaults = config.getConfig("thalweg.stream-defaults");
    Map<String, StreamDefinition> definitions = new TreeMap<>();
    for (String name : streams.keySet()) {
      if (!(streams.get(name) instanceof ConfigObject stream)) {
        throw new ConfigException.WrongType(
            streams.get(name).origin(), "thalweg.streams." + name + " must be an object");
      }
      definitions.put(name, definition(name, stream, defaults));
    }
    return Map.copyOf(definitions);
  }

  private static StreamDefinition definition(String name, ConfigObject stream, Config defaults) {
    only(stream, "thalweg.streams." + name, STREAM_KEYS);
    if (!stream.containsKey("window")) {
      throw new ConfigException.BadValue(
          stream.origin(), "thalweg.streams." + name, "it needs a window");
    }
    Config c = stream.toConfig().withFallback(defaults);
    try {
      return new StreamDefinition(
          name,
          List.of(new NamedWindow("window", window(name, c))),
          c.hasPath("detector")
              ? Optional.of(new WindowDetector("window", detector(name, c)))
              : Optional.empty(),
          new TimeRules(
              c.getDuration("allowed-disorder").toNanos(),
              0,
              0,
              c.getDuration("future-bound").toNanos()),
          c.getInt("producers-max"),
          Statistics.BASIC);
    } catch (IllegalArgumentException wrong) {
      throw new ConfigException.BadValue(
          stream.origin(), "thalweg.streams." + name, String.valueOf(wrong.getMessage()));
    }
  }

  private static WindowDefinition window(String name, Config stream) {
    ConfigObject window = stream.getObject("window");
    String path = "thalweg.streams." + name + ".window";
    String kind = kind(window, path, Set.of("sliding-count", "sliding-time"));
    if (kind.equals("sliding-count")) {
      return new WindowDefinition.SlidingCount(window.toConfig().getInt(kind));
    }
    Config time = window.toConfig().getConfig(kind);
    only(time.root(), path + "." + kind, Set.of("size", "slide"));
    return new WindowDefinition.Hopping(
        time.getDuration("size").toNanos(), time.getDuration("slide").toNanos(), 0);
  }

  private static DetectorDefinition detector(String name, Config stream) {
    ConfigObject detector = stream.getObject("detector");
    String path = "thalweg.streams." + name + ".detector";
    String kind = kind(detector, path, Set.of("z-score"));
    Config zScore = detector.toConfig().getConfig(kind);
    only(zScore.root(), path + "." + kind, Set.of("threshold", "min-samples"));
    return new DetectorDefinition.ZScore(
        zScore.getDouble("threshold"), zScore.getInt("min-samples"));
  }

  private static String kind(ConfigObject object, String path, Set<String> kinds) {
    only(object, path, kinds);
    if (object.size() != 1) {
      throw new ConfigException.BadValue(
          object.origin(), path, "has one of " + String.join(", ", new java.util.TreeSet<>(kinds)));
    }
    return object.keySet().iterator().next();
  }

  private static void only(ConfigObject object, String path, Set<String> keys) {
    for (String key : object.keySet()) {
      if (!keys.contains(key)) {
        throw new ConfigException.BadValue(
            object.get(key).origin(),
            path + "." + key,
            "there is no such setting; known are "
                + String.join(", ", new java.util.TreeSet<>(keys)));
      }
    }
  }
}
