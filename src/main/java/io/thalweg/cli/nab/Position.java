package io.thalweg.cli.nab;

import java.util.Arrays;

/**
 * What an alert is worth by where it stands. Within a window: from 1 in its first row down to
 * almost 0 in its last. After a window: from almost 0 down to −1, which holds from three
 * window-lengths on. Before the first window: −1.
 */
final class Position {
  private static final double FAR = 3;
  private static final double STEEPNESS = 5;
  private static final double EARLIEST = sigmoid(-1);

  private Position() {}

  /** The worth of an alert in each row. */
  static double[] worths(LabelledSeries series) {
    double[] worths = new double[series.rows()];
    Arrays.fill(worths, -1);
    for (LabelledWindow window : series.windows()) {
      int row = window.first();
      for (; row <= window.last(); row++) {
        worths[row] = within(window, row);
      }
      for (; row < worths.length; row++) {
        worths[row] = after(window, row);
      }
    }
    return worths;
  }

  private static double within(LabelledWindow window, int row) {
    double toEnd = (double) (window.last() - row + 1) / window.length();
    return sigmoid(-toEnd) / EARLIEST;
  }

  private static double after(LabelledWindow window, int row) {
    double lengths = (double) (row - window.last()) / (window.length() - 1);
    return lengths < FAR ? sigmoid(lengths) : -1;
  }

  /** From 1 far before the window's end to −1 far after it; 0 at the end. */
  static double sigmoid(double lengthsAfterEnd) {
    return 2 / (1 + Math.exp(STEEPNESS * lengthsAfterEnd)) - 1;
  }
}
