package io.thalweg.node;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.window.Emission;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A stream's windows: {@code windows}, or {@code window} where there is one without a name. */
final class WindowsSettings {
  private static final String ONLY = "window";
  private static final String SEVERAL = "windows";
  private static final String EMIT = "emit";
  static final Set<String> KINDS =
      Set.of(
          "tumbling",
          "hopping",
          "sliding-time",
          "session",
          "tumbling-count",
          "sliding-count",
          "total");

  private WindowsSettings() {}

  /** In the order in which they are written: by line, and by name on one line. */
  static List<NamedWindow> from(Section stream) {
    if (stream.has(ONLY)) {
      if (stream.has(SEVERAL)) {
        throw stream.wrong(ONLY, "there are both window and windows; one of them says it all");
      }
      return List.of(window(ONLY, stream.section(ONLY)));
    }
    Section windows = stream.section(SEVERAL);
    int count = windows.object().size();
    if (count < 1 || count > StreamDefinition.WINDOWS_MAX) {
      throw stream.wrong(
          SEVERAL, "a stream has 1 to " + StreamDefinition.WINDOWS_MAX + " windows, not " + count);
    }
    return windows.object().entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<String, ConfigValue> window) ->
                        window.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey))
        .map(window -> window(window.getKey(), windows.section(window.getKey())))
        .toList();
  }

  private static NamedWindow window(String name, Section window) {
    WindowDefinition definition = definition(window.without(EMIT));
    Emission emission = window.has(EMIT) ? emission(window) : Emission.OnClose.INSTANCE;
    return window.checked(() -> new NamedWindow(name, definition, emission));
  }

  private static WindowDefinition definition(Section window) {
    String kind = window.kind(KINDS);
    return switch (kind) {
      case "tumbling-count" ->
          window.checked(() -> new WindowDefinition.TumblingCount(window.whole(kind)));
      case "sliding-count" ->
          window.checked(() -> new WindowDefinition.SlidingCount(window.integer(kind)));
      case "total" -> {
        window.section(kind).only(Set.of());
        yield new WindowDefinition.Total();
      }
      default -> ofTime(kind, window.section(kind));
    };
  }

  private static WindowDefinition ofTime(String kind, Section window) {
    return switch (kind) {
      case "tumbling" -> {
        window.only(Set.of("size", "offset"));
        yield window.checked(
            () -> new WindowDefinition.Tumbling(window.nanos("size"), offset(window)));
      }
      case "session" -> {
        window.only(Set.of("gap"));
        yield window.checked(() -> new WindowDefinition.Session(window.nanos("gap")));
      }
      default -> {
        window.only(Set.of("size", "slide", "offset"));
        yield window.checked(
            () ->
                new WindowDefinition.Hopping(
                    window.nanos("size"), window.nanos("slide"), offset(window)));
      }
    };
  }

  private static long offset(Section window) {
    return window.has("offset") ? window.nanos("offset") : 0;
  }

  private static Emission emission(Section window) {
    String emit = window.text(EMIT).strip();
    return switch (emit) {
      case "on-close" -> Emission.OnClose.INSTANCE;
      case "every-batch" -> Emission.EveryBatch.INSTANCE;
      default -> every(window, emit);
    };
  }

  private static Emission every(Section window, String emit) {
    try {
      if (emit.startsWith("every ")) {
        return new Emission.Every(
            ConfigFactory.empty()
                .withValue("every", ConfigValueFactory.fromAnyRef(emit.substring(6)))
                .getDuration("every", TimeUnit.NANOSECONDS));
      }
    } catch (ConfigException | IllegalArgumentException notADuration) {
      throw wrong(window, emit);
    }
    throw wrong(window, emit);
  }

  private static ConfigException wrong(Section window, String emit) {
    return window.wrong(
        EMIT,
        "must be on-close, every-batch, or every with a duration from 1ms on, like \"every 10s\","
            + " but is \""
            + emit
            + '"');
  }
}
