package io.thalweg.kafka;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How one Kafka cluster is reached, {@code thalweg.kafka.clusters.<name>}. What its clients are
 * told may hold secrets, so it is not shown: {@link #toString} has the name and the brokers alone.
 */
public final class KafkaSettings {
  private static final String PATH = "thalweg.kafka.clusters";
  private static final Set<String> KEYS =
      Set.of("bootstrap", "user", "password", "password-file", "client", "client-files");

  /** What sources and sinks depend on. */
  private static final Set<String> OURS =
      Set.of(
          "bootstrap.servers",
          "group.id",
          "client.id",
          "enable.auto.commit",
          "auto.offset.reset",
          "isolation.level",
          "key.deserializer",
          "value.deserializer",
          "key.serializer",
          "value.serializer",
          "acks",
          "enable.idempotence",
          "transactional.id");

  private final String name;
  private final String bootstrap;
  private final Map<String, String> client;

  private KafkaSettings(String name, String bootstrap, Map<String, String> client) {
    this.name = name;
    this.bootstrap = bootstrap;
    this.client = Map.copyOf(client);
  }

  /**
   * Reads {@code thalweg.kafka.clusters} and the files that it names.
   *
   * @return the clusters by name
   * @throws ConfigException that names file, line and path, and no secret
   */
  public static Map<String, KafkaSettings> from(Config config) {
    Map<String, KafkaSettings> clusters = new TreeMap<>();
    config
        .getObject(PATH)
        .forEach(
            (name, value) -> {
              if (!(value instanceof ConfigObject cluster)) {
                throw wrong(value, PATH + "." + name, "must be an object with bootstrap");
              }
              clusters.put(name, cluster(name, cluster));
            });
    return Map.copyOf(clusters);
  }

  private static KafkaSettings cluster(String name, ConfigObject object) {
    String path = PATH + "." + name;
    object.forEach(
        (key, value) -> {
          if (!KEYS.contains(key)) {
            throw wrong(value, path + "." + key, "there is no such setting; known are " + KEYS);
          }
        });
    if (!object.containsKey("bootstrap")) {
      throw wrong(object, path, "it needs bootstrap, host:port of one or more brokers");
    }
    Config config = object.toConfig();
    String bootstrap = config.getString("bootstrap").strip();
    if (!bootstrap.matches("[^,\\s]+:\\d{1,5}(\\s*,\\s*[^,\\s]+:\\d{1,5})*")) {
      throw wrong(
          object.get("bootstrap"),
          path + ".bootstrap",
          "must be host:port, or several with commas between, but is '" + bootstrap + "'");
    }
    Map<String, String> client = new HashMap<>();
    if (config.hasPath("client")) {
      client.putAll(texts(config.getConfig("client"), path + ".client"));
    }
    if (config.hasPath("client-files")) {
      texts(config.getConfig("client-files"), path + ".client-files")
          .forEach((key, file) -> client.put(key, secret(path + ".client-files." + key, file)));
    }
    logIn(config, path, client);
    client.keySet().stream()
        .filter(OURS::contains)
        .findFirst()
        .ifPresent(
            key -> {
              throw wrong(object, path + ".client." + key, "is set by the program itself");
            });
    return new KafkaSettings(name, bootstrap, client);
  }

  /** A nested path is a name with dots, as Kafka has them. */
  private static Map<String, String> texts(Config config, String path) {
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      String key = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      Object value = entry.getValue().unwrapped();
      if (value instanceof Iterable<?>) {
        throw wrong(entry.getValue(), path + "." + key, "must be a text, a number or a flag");
      }
      texts.put(key, String.valueOf(value));
    }
    return texts;
  }

  /** User and password as the login module of the mechanism takes them. */
  private static void logIn(Config config, String path, Map<String, String> client) {
    String user = config.hasPath("user") ? config.getString("user") : "";
    if (user.isEmpty()) {
      return;
    }
    String file = config.hasPath("password-file") ? config.getString("password-file") : "";
    String password;
    if (!file.isEmpty()) {
      password = secret(path + ".password-file", file);
    } else {
      password = config.hasPath("password") ? config.getString("password") : "";
    }
    String mechanism = client.getOrDefault("sasl.mechanism", "");
    String module =
        switch (mechanism.toUpperCase(Locale.ROOT)) {
          case "PLAIN" -> "org.apache.kafka.common.security.plain.PlainLoginModule";
          case "SCRAM-SHA-256", "SCRAM-SHA-512" ->
              "org.apache.kafka.common.security.scram.ScramLoginModule";
          default ->
              throw wrong(
                  config.root(),
                  path + ".user",
                  "needs client { sasl.mechanism } to be PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512,"
                      + " but it is '"
                      + mechanism
                      + "'; for others set client { sasl.jaas.config }");
        };
    client.putIfAbsent("security.protocol", "SASL_SSL");
    client.put(
        "sasl.jaas.config",
        "%s required username=\"%s\" password=\"%s\";"
            .formatted(module, escaped(user), escaped(password)));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String secret(String path, String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException | RuntimeException unreadable) {
      throw new IllegalArgumentException(
          path + " can't be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static ConfigException wrong(ConfigValue value, String path, String reason) {
    return new ConfigException.BadValue(value.origin(), path, reason);
  }

  /** By which sources and sinks name it. */
  public String name() {
    return name;
  }

  /** Some of its brokers, host:port, with commas between. */
  public String bootstrap() {
    return bootstrap;
  }

  /** What its clients are told, secrets included: not for logs. */
  public Map<String, String> clientProperties() {
    Map<String, String> properties = new HashMap<>(client);
    properties.put("bootstrap.servers", bootstrap);
    return properties;
  }

  @Override
  public String toString() {
    return "Kafka cluster '" + name + "' at " + bootstrap;
  }
}
