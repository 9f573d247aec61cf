package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import io.thalweg.kafka.KafkaSettings;
import io.thalweg.results.kafka.ResultFormat;
import io.thalweg.results.kafka.ResultKind;
import io.thalweg.results.kafka.SinkSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The Kafka sinks, {@code thalweg.kafka.sinks}. */
final class KafkaSinksSettings {
  private static final String PATH = "thalweg.kafka.sinks";
  private static final Set<String> KEYS =
      Set.of(
          "streams",
          "what",
          "topic",
          "format",
          "cluster",
          "in-flight-max",
          "store-every",
          "poll-every",
          "waiting-max",
          "retry-backoff-max");

  private KafkaSinksSettings() {}

  /**
   * The sinks in the order of their names.
   *
   * @param streams the names of the streams that there are
   */
  static List<SinkSettings> from(Config config, Set<String> streams) {
    KafkaClusters clusters = KafkaClusters.from(config);
    Config defaults = config.getConfig("thalweg.kafka.sink-defaults");
    ConfigObject sinks = config.getObject(PATH);
    List<SinkSettings> settings = new ArrayList<>();
    new TreeMap<>(sinks)
        .forEach(
            (name, value) -> {
              Section own = Section.of(PATH + "." + name, value).only(KEYS);
              settings.add(sink(name, own.withFallback(defaults), clusters, streams));
            });
    return List.copyOf(settings);
  }

  private static SinkSettings sink(
      String name, Section sink, KafkaClusters clusters, Set<String> streams) {
    Set<String> chosen = new LinkedHashSet<>(sink.texts("streams"));
    for (String stream : chosen) {
      if (!streams.contains(stream)) {
        throw sink.wrong("streams", "there is no stream '" + stream + "'");
      }
    }
    Set<ResultKind> kinds = new LinkedHashSet<>();
    for (String what : sink.texts("what")) {
      kinds.add(named(sink, "what", what, ResultKind.values(), ResultKind::text));
    }
    KafkaSettings cluster = clusters.of(sink);
    return sink.checked(
        () ->
            new SinkSettings(
                name,
                chosen,
                kinds,
                sink.text("topic"),
                named(
                    sink, "format", sink.text("format"), ResultFormat.values(), ResultFormat::text),
                cluster,
                new SinkSettings.Bounds(
                    sink.integer("in-flight-max"),
                    Duration.ofNanos(sink.nanos("store-every")),
                    Duration.ofNanos(sink.nanos("poll-every")),
                    sink.whole("waiting-max"),
                    Duration.ofNanos(sink.nanos("retry-backoff-max")))));
  }

  private static <T> T named(
      Section sink, String key, String text, T[] all, Function<T, String> name) {
    for (T one : all) {
      if (name.apply(one).equals(text)) {
        return one;
      }
    }
    throw sink.wrong(
        key, "must be of " + Arrays.stream(all).map(name).toList() + ", but is '" + text + "'");
  }
}
