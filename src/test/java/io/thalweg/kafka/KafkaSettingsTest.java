package io.thalweg.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {
  private static final String SECRET = "pa\"ss\\word-1";

  @TempDir Path folder;

  @Test
  void whatClientsAreToldPassesThrough() {
    KafkaSettings main =
        read(
            """
            bootstrap = "a:9092, b:9093"
            client { security.protocol = SSL, ssl { truststore.location = /t }, fetch.min.bytes = 7 }
            """);

    assertThat(main.clientProperties())
        .containsOnly(
            Map.entry("bootstrap.servers", "a:9092, b:9093"),
            Map.entry("security.protocol", "SSL"),
            Map.entry("ssl.truststore.location", "/t"),
            Map.entry("fetch.min.bytes", "7"));
  }

  @Test
  void passwordComesFromAFileAndIsNotShown() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), SECRET + "\n");
    KafkaSettings main =
        read(
            """
            bootstrap = "a:9092"
            user = "me"
            password-file = "%s"
            client { sasl.mechanism = SCRAM-SHA-512 }
            client-files { ssl.key.password = "%s" }
            """
                .formatted(file, file));

    assertThat(main.clientProperties())
        .containsEntry("ssl.key.password", SECRET)
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry(
            "sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"me\""
                + " password=\"pa\\\"ss\\\\word-1\";");
    assertThat(main.toString()).isEqualTo("Kafka cluster 'main' at a:9092").doesNotContain("pa\"");
  }

  @Test
  void errorsNameThePathAndNoSecret() {
    assertThatThrownBy(() -> read("bootstrap = nowhere"))
        .hasMessageContaining("thalweg.kafka.clusters.main.bootstrap")
        .hasMessageContaining("'nowhere'");
    assertThatThrownBy(() -> read("client {}")).hasMessageContaining("needs bootstrap");
    assertThatThrownBy(() -> read("bootstrap = \"a:1\", bootstraps = x"))
        .hasMessageContaining("clusters.main.bootstraps");
    assertThatThrownBy(() -> read("bootstrap = \"a:1\", client { group.id = g }"))
        .hasMessageContaining("client.group.id")
        .hasMessageContaining("set by the program");
    assertThatThrownBy(() -> read("bootstrap = \"a:1\", user = me, password = hush"))
        .hasMessageContaining("sasl.mechanism")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> read("bootstrap = \"a:1\", client-files { ssl.key = /not/there }"))
        .hasMessageContaining("client-files.ssl.key can't be read")
        .hasMessageContaining("/not/there");
  }

  private static KafkaSettings read(String hocon) {
    return Objects.requireNonNull(
        KafkaSettings.from(
                ConfigFactory.parseString("thalweg.kafka.clusters.main {\n" + hocon + "\n}"))
            .get("main"));
  }
}
