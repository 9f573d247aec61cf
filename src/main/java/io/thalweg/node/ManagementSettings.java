package io.thalweg.node;

import com.typesafe.config.Config;
import java.util.Locale;

/**
 * The HTTP port for probes and members, {@code thalweg.management}.
 *
 * @param enabled whether there is one
 * @param host where it listens
 * @param port the same; 0: any free one
 */
record ManagementSettings(boolean enabled, String host, int port) {
  ManagementSettings {
    HostAndPort.requirePort("thalweg.management.port", port);
  }

  static ManagementSettings from(Config config, ClusterSettings cluster) {
    Config c = config.getConfig("thalweg.management");
    boolean enabled = enabled(c.getString("enabled"), cluster);
    if (!enabled && cluster.discovery().isBootstrap()) {
      throw new IllegalArgumentException(
          "thalweg.management.enabled is off, and with thalweg.cluster.discovery = %s nodes find"
                  .formatted(cluster.discovery().name().toLowerCase(Locale.ROOT))
              + " each other over it");
    }
    return new ManagementSettings(enabled, c.getString("host"), c.getInt("port"));
  }

  private static boolean enabled(String text, ClusterSettings cluster) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "auto" -> cluster.isClustered();
      case "on", "true", "yes" -> true;
      case "off", "false", "no" -> false;
      default ->
          throw new IllegalArgumentException(
              "thalweg.management.enabled must be auto, on or off: " + text);
    };
  }
}
