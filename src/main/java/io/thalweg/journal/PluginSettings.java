package io.thalweg.journal;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * What the journal plugin itself is bound by.
 *
 * @param writeTimeout a write without an answer for so long counts as failed
 * @param publishes whether requests are told to the event stream, for who tests plugins
 */
record PluginSettings(Duration writeTimeout, boolean publishes) {
  private static final String PUBLISH = "pekko.persistence.publish-plugin-commands";

  PluginSettings {
    if (writeTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("write-timeout must be at least 1ms: " + writeTimeout);
    }
  }

  /** Reads a plugin's part of a system's configuration. */
  static PluginSettings from(Config system, Config plugin) {
    return new PluginSettings(
        plugin.getDuration("write-timeout"), system.hasPath(PUBLISH) && system.getBoolean(PUBLISH));
  }
}
