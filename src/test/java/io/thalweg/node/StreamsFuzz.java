package io.thalweg.node;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;

/** Any text as a configuration: streams, or an error that says what is wrong. */
public final class StreamsFuzz {
  private StreamsFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    if (text.contains("include")) {
      return; // would read other files, and ask other machines
    }
    try {
      Configuration.streams(
          Configuration.load(() -> ConfigFactory.parseString(text), ConfigFactory.empty()));
    } catch (NodeStartException | ConfigException told) {
      if (told.getMessage() == null || told.getMessage().isBlank()) {
        throw new AssertionError("an error that does not say what is wrong", told);
      }
    }
  }
}
