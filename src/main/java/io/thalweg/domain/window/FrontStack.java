package io.thalweg.domain.window;

import io.thalweg.domain.stats.Moments;

/**
 * The front of the two stacks: at depth d what its d newest samples amount to, around one centre.
 * Popping the oldest sample is to look one level deeper down.
 */
final class FrontStack {
  private static final int FIELDS = 4;

  /** Per level: sum and squares of the deviations, min, max. */
  private double[] levels = new double[0];

  /** Aggregates values from the newest to the oldest, so that each level is one value more. */
  void fill(double[] values, int head, int count, double centre) {
    if (levels.length < FIELDS * count) {
      levels = new double[FIELDS * count];
    }
    double sum = 0;
    double squares = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int at = 0;
    for (int i = head + count - 1; i >= head; i--) {
      double x = values[i];
      double d = Moments.deviation(x, centre);
      sum += d;
      squares += d * d;
      min = x < min ? x : min;
      max = x > max ? x : max;
      levels[at++] = sum;
      levels[at++] = squares;
      levels[at++] = min;
      levels[at++] = max;
    }
  }

  /** At a depth from 1 on. */
  double sum(int depth) {
    return levels[FIELDS * (depth - 1)];
  }

  double squares(int depth) {
    return levels[FIELDS * (depth - 1) + 1];
  }

  double min(int depth) {
    return levels[FIELDS * (depth - 1) + 2];
  }

  double max(int depth) {
    return levels[FIELDS * (depth - 1) + 3];
  }

  Moments moments(int depth, double centre) {
    int at = FIELDS * (depth - 1);
    return depth == 0
        ? Moments.around(centre)
        : new Moments(depth, centre, levels[at], levels[at + 1], levels[at + 2], levels[at + 3]);
  }
}
