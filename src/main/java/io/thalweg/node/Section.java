package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An object of the configuration. Whatever is wrong in it is thrown as a {@link ConfigException}
 * that names file, line, path, value and limit.
 *
 * @param path from the root
 */
record Section(String path, ConfigObject object) {
  private static final Duration DURATION_MAX = Duration.ofDays(36_500);

  static Section of(String path, ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return new Section(path, object);
    }
    throw new ConfigException.BadValue(
        value.origin(), path, "must be an object, but is " + shown(value));
  }

  /** With what is not set here taken from there. */
  Section withFallback(Config defaults) {
    return new Section(path, object.withFallback(defaults.root()));
  }

  /** Without a setting. */
  Section without(String key) {
    return new Section(path, object.withoutKey(key));
  }

  /** Refuses settings that there are not. */
  Section only(Set<String> keys) {
    for (String key : object.keySet()) {
      if (!keys.contains(key)) {
        throw wrong(key, "there is no such setting; known are " + listed(keys));
      }
    }
    return this;
  }

  /** The one setting of a section that says by its name what it is. */
  String kind(Set<String> kinds) {
    only(kinds);
    if (object.size() != 1) {
      throw wrong("has one of " + listed(kinds));
    }
    return object.keySet().iterator().next();
  }

  boolean has(String key) {
    return object.containsKey(key);
  }

  Section section(String key) {
    return of(path + "." + key, value(key, "an object"));
  }

  /** A duration of at most a hundred years. */
  long nanos(String key, Duration min) {
    String what = "a duration with its unit, like 10s";
    long nanos = read(key, what, c -> c.getDuration(key, TimeUnit.NANOSECONDS));
    if (nanos < min.toNanos() || nanos > DURATION_MAX.toNanos()) {
      throw wrong(
          key,
          "must be from "
              + min.toMillis()
              + "ms to "
              + DURATION_MAX.toDays()
              + "d, but is "
              + shown(key));
    }
    return nanos;
  }

  long nanos(String key) {
    return nanos(key, Duration.ZERO);
  }

  /** A whole number. */
  long whole(String key) {
    double number = number(key);
    if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
      throw wrong(key, "must be a whole number, but is " + shown(key));
    }
    return (long) number;
  }

  /** A whole number of 32 bits. */
  int integer(String key) {
    long number = whole(key);
    if (number != (int) number) {
      throw wrong(key, "must be at most " + Integer.MAX_VALUE + ", but is " + number);
    }
    return (int) number;
  }

  double number(String key) {
    return read(key, "a number", c -> c.getDouble(key));
  }

  boolean flag(String key) {
    return read(key, "on or off", c -> c.getBoolean(key));
  }

  List<Double> numbers(String key) {
    return read(key, "a list of numbers", c -> c.getDoubleList(key));
  }

  String text(String key) {
    return read(key, "a text", c -> c.getString(key));
  }

  List<String> texts(String key) {
    return read(key, "a list of names", c -> c.getStringList(key));
  }

  /** Whatever is refused as an argument is wrong here. */
  <T> T checked(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException refused) {
      throw wrong(String.valueOf(refused.getMessage()));
    }
  }

  /** As a whole it is wrong. */
  ConfigException wrong(String reason) {
    return new ConfigException.BadValue(object.origin(), path, reason);
  }

  /** A setting in it is wrong. */
  ConfigException wrong(String key, String reason) {
    return new ConfigException.BadValue(value(key, "a value").origin(), path + "." + key, reason);
  }

  private <T> T read(String key, String what, Function<Config, T> reader) {
    ConfigValue value = value(key, what);
    try {
      return reader.apply(object.toConfig());
    } catch (ConfigException | ArithmeticException unreadable) {
      throw new ConfigException.BadValue(
          value.origin(),
          path + "." + key,
          "must be " + what + ", but is " + shown(value),
          unreadable);
    }
  }

  private ConfigValue value(String key, String what) {
    ConfigValue value = object.get(key);
    if (value == null) {
      throw wrong("it needs " + key + ", " + what);
    }
    return value;
  }

  private String shown(String key) {
    return shown(value(key, "a value"));
  }

  private static String shown(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  private static String listed(Set<String> keys) {
    return String.join(", ", new TreeSet<>(keys));
  }
}
