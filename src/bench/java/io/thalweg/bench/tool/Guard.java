package io.thalweg.bench.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares recorded ratios with new ones. */
public final class Guard {
  private static final int SLOWER = 1;
  private static final String ROW = "%-34s %10s %10s %9s %8s  %s";

  private Guard() {}

  /**
   * Ends with 1 if any figure got slower than the noise.
   *
   * @param args the recorded file and the new one
   */
  public static void main(String[] args) throws IOException {
    JsonNode old = Documents.read(Path.of(args[0]));
    JsonNode now = Documents.read(Path.of(args[1]));
    warnings(old.path("recorded"), now.path("recorded")).forEach(System.out::println);
    Map<String, Figure> before = figures(old);
    Map<String, Figure> after = figures(now);
    System.out.println(row("FIGURE", "OLD", "NEW", "CHANGE", "NOISE", "VERDICT"));
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    boolean slower = false;
    for (String name : names) {
      System.out.println(line(name, before.get(name), after.get(name)));
      slower |= verdict(before.get(name), after.get(name)) == Verdict.SLOWER;
    }
    System.exit(slower ? SLOWER : 0);
  }

  private static Map<String, Figure> figures(JsonNode document) {
    Map<String, Figure> figures = new TreeMap<>();
    document
        .required("figures")
        .properties()
        .forEach(field -> figures.put(field.getKey(), Figure.of(field.getValue())));
    return figures;
  }

  private static Verdict verdict(@Nullable Figure old, @Nullable Figure now) {
    if (old == null) {
      return Verdict.NEW;
    }
    return now == null ? Verdict.GONE : Verdict.of(old, now);
  }

  private static String line(String name, @Nullable Figure old, @Nullable Figure now) {
    if (old == null || now == null) {
      return row(name, median(old), median(now), "–", "–", verdict(old, now).words());
    }
    return row(
        name,
        median(old),
        median(now),
        format("%+.1f %%", Verdict.changePercent(old, now)),
        format("%.1f %%", Verdict.noisePercent(old, now)),
        verdict(old, now).words());
  }

  private static String median(@Nullable Figure figure) {
    return figure == null ? "–" : format("%.4g", figure.median());
  }

  /** A ratio is largely, not wholly, independent of these. */
  private static List<String> warnings(JsonNode old, JsonNode now) {
    List<String> warnings = new ArrayList<>();
    for (String what : List.of("cores", "java", "processor", "short")) {
      if (!old.path(what).equals(now.path(what))) {
        warnings.add("differs: %s was %s, is %s".formatted(what, old.path(what), now.path(what)));
      }
    }
    return warnings;
  }

  private static String row(Object... cells) {
    return format(ROW, cells);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
