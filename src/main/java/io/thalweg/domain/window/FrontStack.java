package io.thalweg.domain.window;

import io.thalweg.domain.stats.Moments;

/**
 * The front of the two stacks: at depth d what its d newest samples amount to, around one centre.
 * Popping the oldest sample is to look one level deeper down.
 *
 * <p>A level is four doubles, as much as two samples. So only one block of levels is kept, that of
 * the depth that is looked at, and of the blocks below it the level that each starts from: a block
 * is computed again when its turn comes, once for all its levels, by the same additions in the same
 * order and so to the same bits.
 */
final class FrontStack {
  private static final int BLOCK = 8;

  /** Per level: sum and squares of the deviations, min, max. */
  private static final int FIELDS = 4;

  private static final double[] NOTHING = {
    0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  /** What each block starts from: at depth 0, {@value #BLOCK}, and so on. */
  private double[] starts = NOTHING;

  private final double[] levels = new double[FIELDS * BLOCK];

  /** Which block the levels are of. */
  private int loaded;

  /** Where in the levels the depth that is looked at begins. */
  private int at;

  /**
   * Aggregates values from the newest to the oldest, and looks at all of them.
   *
   * @param values of which the front's newest one is before the end
   * @param depth at least 1
   */
  void fill(double[] values, int end, int depth, double centre) {
    int last = (depth - 1) / BLOCK;
    if (starts.length < FIELDS * (last + 1)) {
      starts = new double[FIELDS * (last + 1)];
      System.arraycopy(NOTHING, 0, starts, 0, FIELDS);
    }
    for (int block = 0; block < last; block++) {
      load(block, values, end, BLOCK * (block + 1), centre);
      System.arraycopy(levels, FIELDS * (BLOCK - 1), starts, FIELDS * (block + 1), FIELDS);
    }
    load(last, values, end, depth, centre);
    at = FIELDS * ((depth - 1) % BLOCK);
  }

  /**
   * Looks at a depth from 1 on, at most that which was looked at before.
   *
   * @param values those that it was filled with; they may have moved
   */
  void look(double[] values, int end, int depth, double centre) {
    int block = (depth - 1) / BLOCK;
    if (block != loaded) {
      load(block, values, end, depth, centre);
    }
    at = FIELDS * ((depth - 1) % BLOCK);
  }

  double sum() {
    return levels[at];
  }

  double squares() {
    return levels[at + 1];
  }

  double min() {
    return levels[at + 2];
  }

  double max() {
    return levels[at + 3];
  }

  private void load(int block, double[] values, int end, int depth, double centre) {
    double sum = starts[FIELDS * block];
    double squares = starts[FIELDS * block + 1];
    double min = starts[FIELDS * block + 2];
    double max = starts[FIELDS * block + 3];
    int level = 0;
    for (int i = end - 1 - BLOCK * block; i >= end - depth; i--) {
      double x = values[i];
      double d = Moments.deviation(x, centre);
      sum += d;
      squares += d * d;
      min = x < min ? x : min;
      max = x > max ? x : max;
      levels[level++] = sum;
      levels[level++] = squares;
      levels[level++] = min;
      levels[level++] = max;
    }
    loaded = block;
  }
}
