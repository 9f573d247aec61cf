package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.thalweg.ingest.kafka.RecordLayout;
import io.thalweg.ingest.kafka.SourceDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSourcesSettingsTest {
  private static final String JSON = "topic = t, stream = s, format = json, value-field = v\n";

  @TempDir Path folder;

  @Test
  void whatIsNotSaidIsTheDefault() {
    SourceDefinition source = read(JSON);
    assertThat(source.name()).isEqualTo("mine");
    assertThat(source.group()).isEqualTo("thalweg-mine");
    assertThat(source.cluster().name()).isEqualTo("main");
    assertThat(source.start()).isEqualTo(SourceDefinition.Start.EARLIEST);
    assertThat(source.poison().deadLetterTopic()).contains("thalweg-dead-letters");
    assertThat(source.limits().recordsPerRequestMax()).isEqualTo(1_000);
    assertThat(source.limits().commitEvery()).isEqualTo(Duration.ofSeconds(1));
    assertThat(source.record().key()).isInstanceOf(RecordLayout.Key.OfRecord.class);
    assertThat(source.record().time()).isEmpty();
    assertThat(source.record().value()).contains(List.of("v"));
  }

  @Test
  void fieldsAreNamesOrPointers() {
    RecordLayout layout =
        read(JSON + "key-field = a.b, time-field = \"/x~1y/0/~0\", time-unit = iso").record();
    assertThat(layout.key()).isEqualTo(new RecordLayout.Key.OfField(List.of("a", "b")));
    assertThat(layout.time())
        .contains(new RecordLayout.Time(List.of("x/y", "0", "~"), RecordLayout.TimeFormat.ISO));
  }

  @Test
  void avroSchemaIsRead() throws Exception {
    Path schema = Files.writeString(folder.resolve("s.avsc"), "{\"type\":\"string\"}");
    RecordLayout layout =
        read("topic = t, stream = s, format = avro, value-field = v, skip-bytes = 5, schema-file = \""
                + schema
                + "\"")
            .record();
    assertThat(((RecordLayout.Format.Avro) layout.format()).skipBytes()).isEqualTo(5);
    Files.writeString(schema, "{");
    assertWrong(
        "topic = t, stream = s, format = avro, value-field = v, schema-file = \"" + schema + "\"",
        "mine.schema-file",
        "Avro schema");
  }

  @Test
  void whatIsWrongIsNamed() {
    assertWrong("topic = t, stream = s", "mine", "it needs format");
    assertWrong(JSON + "stream = other", "mine.stream", "no stream 'other'");
    assertWrong(JSON + "cluster = other", "mine.cluster", "has no 'other'");
    assertWrong(JSON + "tpoic = x", "mine.tpoic", "no such setting");
    assertWrong(JSON + "topic = \"\"", "mine", "topic must not be empty");
    assertWrong(JSON + "format = xml", "mine.format", "but is 'xml'");
    assertWrong(JSON + "columns = [a]", "mine.columns", "is of format = csv");
    assertWrong(JSON + "value-field = a..b", "mine.value-field", "'a..b'");
    assertWrong(JSON + "start = middle", "mine.start", "but is 'middle'");
    assertWrong(JSON + "poison = ignore", "mine.poison", "but is 'ignore'");
    assertWrong(JSON + "time-field = t", "mine", "both time-field and time-unit");
    assertWrong(JSON + "time-field = t, time-unit = h", "mine.time-unit", "but is 'h'");
    assertWrong(JSON + "key-field = a, key-header = b", "mine.key-header", "key-field, too");
    assertWrong(JSON + "records-per-request-max = 0", "mine", "from 1 to 32768, but is 0");
    assertWrong(JSON + "commit-every = 1ms", "mine.commit-every", "from 10ms");
    assertWrong("topic = t, stream = s, format = json", "mine", "needs value-field");
    assertWrong(
        "topic = t, stream = s, format = number, value-field = v", "mine", "no value-field");
    assertWrong("topic = t, stream = s, format = number, key-field = v", "mine", "no key-field");
    assertWrong(
        "topic = t, stream = s, format = csv, columns = [a], value-field = b", "mine", "[a]");
    assertWrong(
        "topic = t, stream = s, format = csv, columns = [a, a], value-field = a",
        "mine",
        "distinct");
    assertThatThrownBy(() -> read(JSON, "a { bootstrap = \"h:1\" }, b { bootstrap = \"h:2\" }"))
        .hasMessageContaining("it needs cluster")
        .hasMessageContaining("[a, b]");
  }

  private static void assertWrong(String source, String path, String reason) {
    assertThatThrownBy(() -> read(source))
        .hasMessageContaining("thalweg.kafka.sources." + path)
        .hasMessageContaining(reason);
  }

  private static SourceDefinition read(String source) {
    return read(source, "main { bootstrap = \"h:1\" }");
  }

  private static SourceDefinition read(String source, String clusters) {
    return KafkaSourcesSettings.from(
            ConfigFactory.parseString(
                    "thalweg.kafka { clusters {"
                        + clusters
                        + "}\n sources.mine {\n"
                        + source
                        + "\n} }")
                .withFallback(ConfigFactory.defaultReference()),
            Set.of("s"))
        .getFirst();
  }
}
