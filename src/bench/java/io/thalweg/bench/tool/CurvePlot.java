package io.thalweg.bench.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Draws cost curves as small multiples: processor time per sample over the size of the work, on a
 * logarithmic axis; each panel has a scale of its own that begins at 0.
 */
final class CurvePlot {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 300;
  private static final int COLUMNS = 2;
  private static final int LEFT = 58;
  private static final int RIGHT = 30;
  private static final int TOP = 46;
  private static final int BOTTOM = 54;
  private static final Series SERVER =
      new Series("server", "cpu_seconds_per_million_server", "#1f5fa8", "");
  private static final Series DATABASE =
      new Series("database", "cpu_seconds_per_million_database", "#b3541e", "5 4");
  private static final Map<String, String> TITLES =
      Map.of(
          "keys", "keys",
          "window", "samples in the window",
          "batch", "samples per series of a request",
          "nodes", "nodes on this machine, PostgreSQL");

  private final JsonNode curves;
  private final StringBuilder out = new StringBuilder();

  /**
   * @param field that holds seconds per million samples, which is microseconds per sample
   */
  private record Series(String name, String field, String colour, String dashes) {}

  private record Scale(double min, double max, double from, double to) {
    double linear(double value) {
      return from + (value - min) / (max - min) * (to - from);
    }

    double logarithmic(double value) {
      return max > min ? linear(Math.log(value)) : (from + to) / 2;
    }
  }

  CurvePlot(JsonNode document) {
    this.curves = document.required("curves");
  }

  String svg() {
    int panels = curves.size();
    int columns = Math.min(COLUMNS, panels);
    int width = WIDTH * columns;
    int height = HEIGHT * ((panels + columns - 1) / columns);
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
            + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#333\">",
        width, height);
    add("<title>Processor time per sample as the work grows</title>");
    add("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", width, height);
    int place = 0;
    for (Map.Entry<String, JsonNode> curve : curves.properties()) {
      add("<g transform=\"translate(%d %d)\">", place % columns * WIDTH, place / columns * HEIGHT);
      panel(curve.getKey(), StreamSupport.stream(curve.getValue().spliterator(), false).toList());
      add("</g>");
      place++;
    }
    add("</svg>");
    return out.toString();
  }

  private void panel(String name, List<JsonNode> points) {
    double step = step(points);
    double top = Math.max(1, Math.ceil(max(points) / step + 0.2)) * step;
    Scale y = new Scale(0, top, HEIGHT - BOTTOM, TOP);
    Scale x =
        new Scale(
            Math.log(points.getFirst().path("n").doubleValue()),
            Math.log(points.getLast().path("n").doubleValue()),
            LEFT + 14,
            WIDTH - RIGHT);
    text(LEFT, 22, "start", "bold", "CPU µs per sample");
    for (double tick = 0; tick <= top + step / 2; tick += step) {
      double at = y.linear(tick);
      add(
          "<path d=\"M%d %.1fH%d\" stroke=\"%s\"/>",
          LEFT, at, WIDTH - RIGHT + 10, tick == 0 ? "#777" : "#e4e4e4");
      text(LEFT - 8, at + 4, "end", "normal", number(tick));
    }
    for (JsonNode point : points) {
      double at = x.logarithmic(point.path("n").doubleValue());
      add("<path d=\"M%.1f %dv5\" stroke=\"#777\"/>", at, HEIGHT - BOTTOM);
      text(at, HEIGHT - BOTTOM + 19, "middle", "normal", format("%,d", point.path("n").asInt()));
    }
    text(
        (LEFT + WIDTH - RIGHT) / 2.0,
        HEIGHT - 14,
        "middle",
        "normal",
        TITLES.getOrDefault(name, name));
    line(SERVER, points, x, y);
    if (points.stream().anyMatch(point -> point.has(DATABASE.field))) {
      line(DATABASE, points, x, y);
    }
  }

  private void line(Series series, List<JsonNode> points, Scale x, Scale y) {
    List<double[]> places =
        points.stream()
            .filter(point -> point.has(series.field))
            .map(
                point -> {
                  double value = point.path(series.field).doubleValue();
                  double n = point.path("n").doubleValue();
                  return new double[] {x.logarithmic(n), y.linear(value), value};
                })
            .toList();
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>",
        places.stream()
            .map(at -> format("%.1f,%.1f", at[0], at[1]))
            .collect(Collectors.joining(" ")),
        series.colour,
        series.dashes);
    add("<g fill=\"%s\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\">", series.colour);
    boolean named = points.stream().anyMatch(point -> point.has(DATABASE.field));
    for (double[] at : places) {
      add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>", at[0], at[1]);
      if (named && at == places.getFirst()) {
        text(at[0] - 8, at[1] - 9, "start", "normal", number(at[2]) + "  " + series.name);
      } else {
        text(at[0], at[1] - 9, "middle", "normal", number(at[2]));
      }
    }
    add("</g>");
  }

  private static double max(List<JsonNode> points) {
    return points.stream()
        .mapToDouble(
            point ->
                Math.max(
                    point.path(SERVER.field).doubleValue(),
                    point.path(DATABASE.field).doubleValue()))
        .max()
        .orElse(1);
  }

  /** 1, 2 or 5 times a power of ten, for three to seven lines. */
  private static double step(List<JsonNode> points) {
    double rough = Math.max(max(points), 1e-6) / 4;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double times = rough / power;
    return power * (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10);
  }

  private static String number(double value) {
    return value == 0 ? "0" : value < 1 ? format("%.2f", value) : format("%.1f", value);
  }

  private void text(double x, double y, String anchor, String weight, String text) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>",
        x, y, anchor, weight, text);
  }

  private void add(String format, Object... values) {
    out.append(format(format, values)).append('\n');
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
