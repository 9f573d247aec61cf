package io.thalweg.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows a node's configuration without what must stay secret. */
final class EffectiveConfig {
  private static final List<String> SECRET =
      List.of("password", "secret", "token", "jaas", "keystore");
  private static final ConfigRenderOptions SHOWN =
      ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(false);

  private EffectiveConfig() {}

  static String render(Config config) {
    return withoutSecrets(config.getConfig("thalweg").root()).atKey("thalweg").root().render(SHOWN);
  }

  private static ConfigObject withoutSecrets(ConfigObject object) {
    ConfigObject shown = object;
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      if (isSecret(entry.getKey())) {
        shown = shown.withoutKey(entry.getKey());
      } else if (entry.getValue() instanceof ConfigObject inner) {
        shown = shown.withValue(entry.getKey(), withoutSecrets(inner));
      }
    }
    return shown;
  }

  private static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return SECRET.stream().anyMatch(lower::contains);
  }
}
