package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A stream's settings with some of them changed, each by a text {@code SETTING=VALUE} whose setting
 * is a path as in {@code reference.conf}. Where there can be but one (a kind of detector or of
 * window), what is set takes the place of what there was.
 *
 * <p>The texts may come from a client: a value is one of JSON or else a plain text, so that it can
 * neither name a file to be included nor ask for another setting.
 */
final class ChangedStream {
  private static final String DETECTOR = "detector";
  private static final String WINDOW = "window";
  private static final String WINDOWS = "windows";
  static final String ORIGIN = "--set";
  private static final int CHARS_MAX = 1_000;

  private ConfigObject stream;

  private ChangedStream(ConfigObject stream) {
    this.stream = stream;
  }

  /**
   * The stream's own settings with the changes, one after the other.
   *
   * @throws ConfigException if one of them is not of the form {@code SETTING=VALUE}
   */
  static ConfigObject of(ConfigObject stream, List<String> settings) {
    ChangedStream changed = new ChangedStream(stream);
    settings.forEach(changed::set);
    return changed.stream;
  }

  private void set(String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1 || setting.length() > CHARS_MAX) {
      throw new ConfigException.Generic(
          "'%s' is not of the form SETTING=VALUE, of at most %,d characters"
              .formatted(setting.substring(0, Math.min(setting.length(), CHARS_MAX)), CHARS_MAX));
    }
    ConfigValue value = value(setting.substring(equals + 1).strip());
    List<String> path = path(setting.substring(0, equals).strip(), value);
    makeWay(path);
    stream = with(stream, path, value);
  }

  private static ConfigValue value(String text) {
    try {
      ConfigObject parsed =
          ConfigFactory.parseString(
                  "{\"value\":" + text + "}",
                  ConfigParseOptions.defaults()
                      .setSyntax(ConfigSyntax.JSON)
                      .setOriginDescription(ORIGIN))
              .root();
      ConfigValue value = parsed.get("value");
      if (parsed.size() == 1 && value != null) {
        return value.withOrigin(ConfigOriginFactory.newSimple(ORIGIN));
      }
    } catch (ConfigException notJson) {
      return ConfigValueFactory.fromAnyRef(text, ORIGIN);
    }
    return ConfigValueFactory.fromAnyRef(text, ORIGIN);
  }

  /** {@code detector.x} is short for {@code detector.<kind>.x} of the kind that the stream has. */
  private List<String> path(String text, ConfigValue value) {
    List<String> path = ConfigUtil.splitPath(text);
    if (path.size() != 2 || !path.get(0).equals(DETECTOR) || isOfDetector(path.get(1), value)) {
      return path;
    }
    return kinds(section(stream, DETECTOR), DetectorSettings.KINDS).stream()
        .findFirst()
        .map(kind -> List.of(DETECTOR, kind, path.get(1)))
        .orElse(path);
  }

  /** Whether a name stands beneath {@code detector} itself. */
  private static boolean isOfDetector(String name, ConfigValue value) {
    return name.equals(WINDOW)
        || (DetectorSettings.KINDS.contains(name)
            // A kind, but many detectors have a number of that name.
            && (!name.equals("threshold") || value instanceof ConfigObject));
  }

  /** Takes away what can't be there beside what is set. */
  private void makeWay(List<String> path) {
    switch (path.getFirst()) {
      case DETECTOR -> makeWayForDetector(path);
      case WINDOW -> {
        stream = stream.withoutKey(WINDOWS);
        keepOnly(path, 1, WindowsSettings.KINDS);
      }
      case WINDOWS -> {
        stream = stream.withoutKey(WINDOW);
        keepOnly(path, 2, WindowsSettings.KINDS);
      }
      default -> {}
    }
  }

  private void makeWayForDetector(List<String> path) {
    ConfigObject before = section(stream, DETECTOR);
    keepOnly(path, 1, DetectorSettings.KINDS);
    ConfigObject detector = section(stream, DETECTOR);
    if (path.size() > 1 && !path.get(1).equals(WINDOW) && !detector.equals(before)) {
      stream = stream.withValue(DETECTOR, detector.withoutKey(WINDOW));
    }
    if (path.equals(List.of(DETECTOR, "ewma", "alpha"))) {
      without("half-life-samples");
    } else if (path.equals(List.of(DETECTOR, "ewma", "half-life-samples"))) {
      without("alpha");
    }
  }

  private void without(String ofEwma) {
    ConfigObject ewma = section(section(stream, DETECTOR), "ewma");
    stream = with(stream, List.of(DETECTOR, "ewma"), ewma.withoutKey(ofEwma));
  }

  /** Where the path names a kind at that place, other kinds there go. */
  private void keepOnly(List<String> path, int place, Set<String> kinds) {
    if (path.size() <= place || !kinds.contains(path.get(place))) {
      return;
    }
    ConfigObject at = stream;
    for (String key : path.subList(0, place)) {
      at = section(at, key);
    }
    ConfigObject kept = at;
    for (String kind : kinds(at, kinds)) {
      kept = kind.equals(path.get(place)) ? kept : kept.withoutKey(kind);
    }
    stream = with(stream, path.subList(0, place), kept);
  }

  private static Set<String> kinds(ConfigObject object, Set<String> kinds) {
    Set<String> there = new HashSet<>(object.keySet());
    there.retainAll(kinds);
    return there;
  }

  private static ConfigObject section(ConfigObject object, String key) {
    return object.get(key) instanceof ConfigObject section
        ? section
        : ConfigFactory.empty().root().withOrigin(ConfigOriginFactory.newSimple(ORIGIN));
  }

  private static ConfigObject with(ConfigObject object, List<String> path, ConfigValue value) {
    String key = path.getFirst();
    ConfigValue changed =
        path.size() == 1 ? value : with(section(object, key), path.subList(1, path.size()), value);
    return object.withValue(key, changed).withOrigin(origin(object));
  }

  /** Of what was changed; its line stays, since windows are in the order of their lines. */
  private static ConfigOrigin origin(ConfigObject object) {
    return ConfigOriginFactory.newSimple(ORIGIN).withLineNumber(object.origin().lineNumber());
  }

  /** A configuration in which the stream is defined so. */
  static Config in(Config config, String name, List<String> settings) {
    ConfigObject streams = config.getObject("thalweg.streams");
    ConfigObject changed = of(section(streams, name), settings);
    return config.withValue("thalweg.streams", streams.withValue(name, changed));
  }
}
