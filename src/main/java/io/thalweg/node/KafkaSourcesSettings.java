package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import io.thalweg.ingest.kafka.RecordLayout;
import io.thalweg.ingest.kafka.SourceDefinition;
import io.thalweg.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** The Kafka sources, {@code thalweg.kafka.sources}. */
final class KafkaSourcesSettings {
  private static final String PATH = "thalweg.kafka.sources";
  private static final Set<String> KEYS =
      Set.of(
          "topic",
          "stream",
          "cluster",
          "group",
          "format",
          "columns",
          "separator",
          "schema-file",
          "skip-bytes",
          "value-field",
          "key-field",
          "key-header",
          "time-field",
          "time-unit",
          "start",
          "poison",
          "dead-letter-topic",
          "records-per-request-max",
          "requests-in-flight-max",
          "commit-every",
          "retry-backoff-max");

  private KafkaSourcesSettings() {}

  /**
   * The sources in the order of their names.
   *
   * @param streams the names of the streams that there are
   */
  static List<SourceDefinition> from(Config config, Set<String> streams) {
    KafkaClusters clusters = KafkaClusters.from(config);
    Config defaults = config.getConfig("thalweg.kafka.source-defaults");
    ConfigObject sources = config.getObject(PATH);
    List<SourceDefinition> definitions = new ArrayList<>();
    new TreeMap<>(sources)
        .forEach(
            (name, value) -> {
              Section own = Section.of(PATH + "." + name, value).only(KEYS);
              definitions.add(source(name, own.withFallback(defaults), clusters, streams));
            });
    return List.copyOf(definitions);
  }

  private static SourceDefinition source(
      String name, Section source, KafkaClusters clusters, Set<String> streams) {
    String stream = source.text("stream");
    if (!streams.contains(stream)) {
      throw source.wrong("stream", "there is no stream '" + stream + "'");
    }
    KafkaSettings cluster = clusters.of(source);
    RecordLayout layout = layout(source);
    return source.checked(
        () ->
            new SourceDefinition(
                name,
                cluster,
                source.text("topic"),
                stream,
                source.has("group") ? source.text("group") : "thalweg-" + name,
                oneOf(
                    source,
                    "start",
                    Map.of(
                        "earliest", SourceDefinition.Start.EARLIEST,
                        "latest", SourceDefinition.Start.LATEST)),
                layout,
                poison(source),
                limits(source)));
  }

  private static RecordLayout layout(Section source) {
    RecordLayout.Format format = format(source);
    if (source.has("key-field") && source.has("key-header")) {
      throw source.wrong("key-header", "there is a key-field, too");
    }
    if (source.has("time-field") != source.has("time-unit")) {
      throw source.wrong("it needs both time-field and time-unit, or neither");
    }
    return source.checked(
        () ->
            new RecordLayout(
                format,
                key(source),
                source.has("time-field")
                    ? Optional.of(new RecordLayout.Time(path(source, "time-field"), unit(source)))
                    : Optional.empty(),
                source.has("value-field")
                    ? Optional.of(path(source, "value-field"))
                    : Optional.empty()));
  }

  private static RecordLayout.Key key(Section source) {
    if (source.has("key-field")) {
      return new RecordLayout.Key.OfField(path(source, "key-field"));
    }
    return source.has("key-header")
        ? new RecordLayout.Key.OfHeader(source.text("key-header"))
        : new RecordLayout.Key.OfRecord();
  }

  private static RecordLayout.Format format(Section source) {
    String format = source.text("format");
    requireFormat(source, format, "csv", "columns", "separator");
    requireFormat(source, format, "avro", "schema-file", "skip-bytes");
    return switch (format) {
      case "json" -> new RecordLayout.Format.Json();
      case "csv" ->
          source.checked(
              () -> new RecordLayout.Format.Csv(source.texts("columns"), separator(source)));
      case "avro" ->
          source.checked(
              () ->
                  new RecordLayout.Format.Avro(
                      schema(source), source.has("skip-bytes") ? source.integer("skip-bytes") : 0));
      case "number" -> new RecordLayout.Format.NumberText();
      case "double" -> new RecordLayout.Format.BinaryDouble();
      default ->
          throw source.wrong(
              "format", "must be json, csv, avro, number or double, but is '" + format + "'");
    };
  }

  private static void requireFormat(
      Section source, String format, String wanted, String... settings) {
    for (String setting : settings) {
      if (source.has(setting) && !format.equals(wanted)) {
        throw source.wrong(setting, "is of format = " + wanted + ", and format is " + format);
      }
    }
  }

  private static char separator(Section source) {
    String separator = source.has("separator") ? source.text("separator") : ",";
    if (separator.length() != 1) {
      throw source.wrong("separator", "must be one character, but is '" + separator + "'");
    }
    return separator.charAt(0);
  }

  private static Schema schema(Section source) {
    String file = source.text("schema-file");
    try {
      return new Schema.Parser().parse(Path.of(file).toFile());
    } catch (IOException | SchemaParseException unreadable) {
      throw source.wrong(
          "schema-file", "there is no Avro schema that can be read: " + unreadable.getMessage());
    }
  }

  /** A JSON pointer, or names with dots between. */
  private static List<String> path(Section source, String setting) {
    String text = source.text(setting);
    List<String> path =
        text.startsWith("/")
            ? Arrays.stream(text.substring(1).split("/", -1))
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList()
            : List.of(text.split("\\.", -1));
    if (text.isEmpty() || path.contains("")) {
      throw source.wrong(
          setting,
          "must be a name, names with dots between, or a JSON pointer, but is '" + text + "'");
    }
    return path;
  }

  private static RecordLayout.TimeFormat unit(Section source) {
    return oneOf(
        source,
        "time-unit",
        Map.of(
            "s", RecordLayout.TimeFormat.SECONDS,
            "ms", RecordLayout.TimeFormat.MILLIS,
            "us", RecordLayout.TimeFormat.MICROS,
            "ns", RecordLayout.TimeFormat.NANOS,
            "iso", RecordLayout.TimeFormat.ISO));
  }

  private static SourceDefinition.PoisonPolicy poison(Section source) {
    boolean bury = oneOf(source, "poison", Map.of("dead-letter", true, "stop", false));
    return new SourceDefinition.PoisonPolicy(
        bury ? Optional.of(source.text("dead-letter-topic")) : Optional.empty());
  }

  private static SourceDefinition.Limits limits(Section source) {
    return new SourceDefinition.Limits(
        source.integer("records-per-request-max"),
        source.integer("requests-in-flight-max"),
        Duration.ofNanos(source.nanos("commit-every", Duration.ofMillis(10))),
        Duration.ofNanos(source.nanos("retry-backoff-max", Duration.ofMillis(500))));
  }

  private static <T> T oneOf(Section source, String setting, Map<String, T> values) {
    T value = values.get(source.text(setting));
    if (value == null) {
      throw source.wrong(
          setting,
          "must be one of "
              + values.keySet().stream().sorted().toList()
              + ", but is '"
              + source.text(setting)
              + "'");
    }
    return value;
  }
}
