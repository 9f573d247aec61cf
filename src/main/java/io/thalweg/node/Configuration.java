package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.thalweg.domain.key.StreamDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads what a node is configured by. */
public final class Configuration {
  /** Whose names are the user's. */
  private static final Set<String> OPEN =
      Set.of(
          "thalweg.streams",
          "thalweg.kafka.clusters",
          "thalweg.kafka.sources",
          "thalweg.kafka.sinks");

  private Configuration() {}

  /**
   * Reads a file over the defaults; system properties win over both, and so does the environment
   * where a default names a variable.
   *
   * @param file empty: the defaults alone
   * @throws NodeStartException if it can't be read or has a setting that there is not; the message
   *     names file and line
   */
  public static Config load(Optional<Path> file) throws NodeStartException {
    return load(file, ConfigFactory.empty());
  }

  /**
   * The same, with settings that win over all.
   *
   * @param overrides what the command line sets
   */
  public static Config load(Optional<Path> file, Config overrides) throws NodeStartException {
    return load(() -> file.isPresent() ? parse(file.get()) : ConfigFactory.empty(), overrides);
  }

  /** Reads what is given in place of the defaults. */
  @FunctionalInterface
  interface Given {
    Config parse() throws NodeStartException;
  }

  /** The same, of what is read here. */
  static Config load(Given file, Config overrides) throws NodeStartException {
    try {
      Config defaults = ConfigFactory.defaultReferenceUnresolved();
      Config given = file.parse();
      refuseUnknown(given, defaults);
      return overrides
          .withFallback(ConfigFactory.defaultOverrides())
          .withFallback(given)
          .withFallback(ConfigFactory.parseResources(Configuration.class, "/node.conf"))
          .withFallback(defaults)
          .resolve();
    } catch (ConfigException wrong) {
      throw new NodeStartException("the configuration is wrong: " + wrong.getMessage(), wrong);
    } catch (StackOverflowError nested) {
      // The library reads values within values by recursion, and has no bound of its own.
      throw new NodeStartException(
          "the configuration is wrong: its values are nested too deeply to be read", nested);
    }
  }

  /**
   * Reads every setting of ours once.
   *
   * @throws NodeStartException that says what is wrong, and where
   */
  public static void check(Config config) throws NodeStartException {
    NodeSettings.from(config);
  }

  /**
   * The definitions of the streams, by name.
   *
   * @throws NodeStartException that says what is wrong, and where
   */
  public static Map<String, StreamDefinition> streams(Config config) throws NodeStartException {
    try {
      return StreamsSettings.from(config);
    } catch (ConfigException | IllegalArgumentException | ArithmeticException wrong) {
      throw new NodeStartException("the configuration is wrong: " + wrong.getMessage(), wrong);
    }
  }

  /**
   * A stream's definition with some settings changed.
   *
   * @param stream one of the configuration's
   * @param settings each a text {@code SETTING=VALUE}; the setting is a path from the stream on, as
   *     in {@code reference.conf}, or {@code detector.x} for a setting of the kind of detector that
   *     the stream has. Another kind of detector or window takes the place of the one before
   * @throws IllegalArgumentException that says what is wrong with them
   */
  public static StreamDefinition changed(Config config, String stream, List<String> settings) {
    try {
      return Objects.requireNonNull(
          StreamsSettings.from(ChangedStream.in(config, stream, settings)).get(stream));
    } catch (ConfigException | ArithmeticException wrong) {
      throw new IllegalArgumentException(
          ChangedStream.ORIGIN + ": " + withoutOrigin(wrong.getMessage()), wrong);
    }
  }

  /** What is set has no file and no line that one could look at. */
  private static String withoutOrigin(@Nullable String message) {
    return String.valueOf(message).replaceFirst("^" + ChangedStream.ORIGIN + ": (\\d+: )?", "");
  }

  private static Config parse(Path file) throws NodeStartException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new NodeStartException("there is no configuration file that can be read at " + file);
    }
    return ConfigFactory.parseFile(
        file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
  }

  /** A setting that is misspelt would otherwise be passed over in silence. */
  private static void refuseUnknown(Config given, Config known) {
    for (Map.Entry<String, ConfigValue> entry : given.root().entrySet()) {
      if (!known.root().containsKey(entry.getKey())) {
        throw new ConfigException.BadValue(
            entry.getValue().origin(),
            entry.getKey(),
            "there is no such setting; ours begin with 'thalweg'");
      }
      if (entry.getKey().equals("thalweg") && entry.getValue() instanceof ConfigObject ours) {
        refuseUnknown(ours, known.getObject("thalweg"), "thalweg");
      }
    }
  }

  private static void refuseUnknown(ConfigObject given, ConfigObject known, String path) {
    for (Map.Entry<String, ConfigValue> entry : given.entrySet()) {
      String at = path + "." + ConfigUtil.quoteString(entry.getKey()).replace("\"", "");
      ConfigValue value = known.get(entry.getKey());
      if (value == null) {
        throw new ConfigException.BadValue(
            entry.getValue().origin(), at, "there is no such setting");
      }
      boolean isOpen = OPEN.contains(at);
      if (!isOpen
          && entry.getValue() instanceof ConfigObject object
          && value instanceof ConfigObject knownObject) {
        refuseUnknown(object, knownObject, at);
      }
    }
  }
}
