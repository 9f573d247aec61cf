package io.thalweg.cli.nab.figure;

import io.thalweg.cli.nab.Alert;
import io.thalweg.cli.nab.Detection;
import io.thalweg.cli.nab.LabelledSeries;
import io.thalweg.cli.nab.LabelledWindow;
import io.thalweg.cli.nab.Score;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** One series over time, with the windows that people marked and the alerts. */
final class Panel {
  static final int HEIGHT = 168;

  private static final int TITLE = 18;
  private static final int PLOT = 112;
  private static final double HEADROOM = 0.14;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

  private final Svg svg;
  private final LabelledSeries series;
  private final double top;
  private final Scale x;
  private final Scale y;

  private Panel(Svg svg, LabelledSeries series, double left, double right, double top) {
    this.svg = svg;
    this.series = series;
    this.top = top + TITLE;
    long[] times = series.samples().timesNanos();
    double[] values = series.samples().values();
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(0);
    double range = high > low ? high - low : 1;
    x = new Scale(times[0], Math.max(times[times.length - 1], times[0] + 1e9), left, right);
    y = new Scale(low - range * 0.03, high + range * HEADROOM, this.top + PLOT, this.top);
  }

  /**
   * Draws a series with at least one row.
   *
   * @param threshold alerts below it are left out
   */
  static void draw(Svg svg, Detection detection, Score score, double threshold, Box box) {
    Panel panel = new Panel(svg, detection.series(), box.left(), box.right(), box.top());
    panel.title(score);
    panel.ground();
    panel.axes();
    panel.curve();
    panel.alerts(detection, threshold);
  }

  /** Where a panel stands. */
  record Box(double left, double right, double top) {}

  private void title(Score score) {
    svg.text(x.atLow(), top - 6, "start", Svg.Type.HEADING, series.path());
    String verdict =
        "%s – %s · %d of %d windows hit, false alerts: %d"
            .formatted(
                date(0),
                date(series.rows() - 1),
                score.hits(),
                score.windows(),
                score.falseAlerts());
    svg.text(x.atHigh(), top - 6, "end", Svg.Type.PLAIN, verdict);
  }

  private String date(int row) {
    Instant time = Instant.EPOCH.plusNanos(series.samples().timesNanos()[row]);
    return time.atOffset(ZoneOffset.UTC).format(DATE);
  }

  private void ground() {
    rows(0, Math.max(0, series.probation() - 1), Figure.LEARNING);
    for (LabelledWindow window : series.windows()) {
      rows(window.first(), window.last(), Figure.WINDOW);
    }
  }

  private void rows(int first, int last, String fill) {
    double from = x(first);
    svg.rectangle(from, top, Math.max(1.5, x(last) - from), PLOT, fill);
  }

  private void axes() {
    for (Tick tick : Tick.values(y.low(), y.high())) {
      double at = y.at(tick.value());
      svg.line(x.atLow(), at, x.atHigh(), at, Figure.GRID);
      svg.text(x.atLow() - 6, at + 4, "end", Svg.Type.SMALL, tick.label());
    }
    double bottom = top + PLOT;
    svg.line(x.atLow(), bottom, x.atHigh(), bottom, Figure.AXIS);
    for (Tick tick : Tick.times((long) x.low(), (long) x.high())) {
      double at = x.at(tick.value());
      svg.line(at, bottom, at, bottom + 4, Figure.AXIS);
      svg.text(at, bottom + 16, "middle", Svg.Type.SMALL, tick.label());
    }
  }

  /** Of all rows in one pixel column, the lowest and the highest. */
  private void curve() {
    StringBuilder points = new StringBuilder();
    double[] values = series.samples().values();
    for (int row = 0; row < values.length; ) {
      long column = Math.round(x(row));
      int lowest = row;
      int highest = row;
      for (; row < values.length && Math.round(x(row)) == column; row++) {
        lowest = values[row] < values[lowest] ? row : lowest;
        highest = values[row] > values[highest] ? row : highest;
      }
      point(points, column, values[Math.min(lowest, highest)]);
      if (lowest != highest) {
        point(points, column, values[Math.max(lowest, highest)]);
      }
    }
    svg.curve(points.toString().strip(), Figure.CURVE);
  }

  private void point(StringBuilder points, long column, double value) {
    points.append(column).append(',').append(Svg.number(y.at(value))).append(' ');
  }

  /** Only the first alert in a window counts: those after it are hollow. */
  private void alerts(Detection detection, double threshold) {
    Set<LabelledWindow> hit = new HashSet<>();
    for (Alert alert : detection.alerts()) {
      if (alert.score() >= threshold && alert.row() >= series.probation()) {
        double at = x(alert.row());
        double value = y.at(alert.anomaly().sample().value());
        series
            .windowAt(alert.row())
            .ifPresentOrElse(
                window ->
                    svg.triangle(
                        at, value - 2, 9, hit.add(window) ? Figure.HIT : "#ffffff", Figure.HIT),
                () -> svg.diamond(at, value, 9, Figure.FALSE_ALERT));
      }
    }
  }

  private double x(int row) {
    return x.at(series.samples().timesNanos()[row]);
  }
}
