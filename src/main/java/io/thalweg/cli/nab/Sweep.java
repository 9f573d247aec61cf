package io.thalweg.cli.nab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the threshold that serves a profile best, over all series at once: tries every anomaly
 * score that occurs, from the highest down, letting in the rows of each.
 */
final class Sweep {
  /** No row has such a score: never to alert is an option, too. */
  static final double NEVER = 1.1;

  private static final int NO_WINDOW = -1;

  /** By descending anomaly score. */
  private final List<Row> rows;

  private final int windows;

  private Sweep(List<Row> rows, int windows) {
    this.rows = rows;
    this.windows = windows;
  }

  static Sweep of(List<Detection> detections) {
    List<Row> rows = new ArrayList<>();
    int windows = 0;
    for (Detection detection : detections) {
      windows = addRows(detection, windows, rows);
    }
    rows.sort(Comparator.comparingDouble(Row::score).reversed());
    return new Sweep(rows, windows);
  }

  /** The highest of the thresholds with the highest score. */
  double threshold(Profile profile) {
    double[] worthOfWindow = new double[windows];
    Arrays.fill(worthOfWindow, -profile.miss());
    double total = -profile.miss() * windows;
    double best = total;
    double threshold = NEVER;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      total += gain(row, profile, worthOfWindow);
      boolean last = i == rows.size() - 1 || rows.get(i + 1).score() < row.score();
      if (last && total > best) {
        best = total;
        threshold = row.score();
      }
    }
    return threshold;
  }

  private static double gain(Row row, Profile profile, double[] worthOfWindow) {
    if (row.window() == NO_WINDOW) {
      return profile.falseAlert() * row.worth();
    }
    double before = worthOfWindow[row.window()];
    worthOfWindow[row.window()] = Math.max(before, profile.hit() * row.worth());
    return worthOfWindow[row.window()] - before;
  }

  /** Adds the rows after the probation; returns the number of windows so far. */
  private static int addRows(Detection detection, int windowsBefore, List<Row> rows) {
    LabelledSeries series = detection.series();
    double[] scores = detection.scores();
    double[] worths = Position.worths(series);
    List<LabelledWindow> windows = series.scored();
    for (int row = series.probation(); row < scores.length; row++) {
      int window = indexOf(windows, row);
      int number = window == NO_WINDOW ? NO_WINDOW : windowsBefore + window;
      rows.add(new Row(scores[row], number, worths[row]));
    }
    return windowsBefore + windows.size();
  }

  private static int indexOf(List<LabelledWindow> windows, int row) {
    for (int i = 0; i < windows.size(); i++) {
      if (windows.get(i).contains(row)) {
        return i;
      }
    }
    return NO_WINDOW;
  }

  /** A row that counts: its anomaly score, its window's number, and what an alert is worth. */
  private record Row(double score, int window, double worth) {}
}
