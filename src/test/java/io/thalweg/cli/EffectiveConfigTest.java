package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class EffectiveConfigTest {
  private static final Config CONFIG =
      ConfigFactory.parseString(
          """
          other = 1
          thalweg {
            data-dir = /var/x
            postgres { url = "jdbc:x", password = hush, api-token = hush }
            clientSecret { a = hush }
            client { sasl.jaas.config = hush, ssl.keystore.key = hush }
          }
          """);

  @Test
  void secretsAreLeftOut() {
    String shown = EffectiveConfig.render(CONFIG);
    assertThat(shown).doesNotContain("hush").doesNotContain("other");
    assertThat(ConfigFactory.parseString(shown).getString("thalweg.postgres.url"))
        .isEqualTo("jdbc:x");
  }

  @Test
  void theCommandLineWins() {
    ServeCommand serve = new ServeCommand();
    new picocli.CommandLine(serve).parseArgs("--data", "/tmp/d", "--port", "0");
    Config config = serve.overrides().withFallback(CONFIG);
    assertThat(config.getString("thalweg.data-dir")).isEqualTo("/tmp/d");
    assertThat(config.getInt("thalweg.grpc.port")).isZero();
  }
}
