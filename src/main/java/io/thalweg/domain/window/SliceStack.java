package io.thalweg.domain.window;

import io.thalweg.domain.stats.Extras;
import io.thalweg.domain.stats.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * The front of the two stacks over slices: at depth d what its d newest slices amount to, around
 * one centre. Popping the oldest slice is to look one level less deep.
 */
final class SliceStack {
  private static final int FIELDS = 5;

  private final Statistics statistics;

  /** Per level: count, sum and squares of the deviations, min, max. */
  private double[] levels = new double[0];

  private @Nullable Extras @Nullable [] extras;

  /** How often it was filled: a version whose number this is not must fill one of its own. */
  private int fills;

  SliceStack(Statistics statistics) {
    this.statistics = statistics;
  }

  /** Aggregates slices from the newest to the oldest, so that each level is one slice more. */
  void fill(SliceBuffer slices, int first, int end, double centre) {
    int count = end - first;
    fills++;
    if (levels.length < FIELDS * count) {
      levels = new double[FIELDS * count];
      extras = statistics.keepsExtras() ? new Extras[count] : null;
    }
    SliceSum sum = new SliceSum(statistics);
    sum.reset(centre);
    for (int i = end - 1; i >= first; i--) {
      sum.add(slices, i);
      write(end - 1 - i, sum);
    }
  }

  int fills() {
    return fills;
  }

  private void write(int level, SliceSum sum) {
    int at = FIELDS * level;
    levels[at] = sum.countAsDouble();
    levels[at + 1] = sum.sum();
    levels[at + 2] = sum.squares();
    levels[at + 3] = sum.min();
    levels[at + 4] = sum.max();
    if (extras != null) {
      extras[level] = sum.extras();
    }
  }

  /** At a depth from 1 on. */
  double count(int depth) {
    return levels[FIELDS * (depth - 1)];
  }

  double sum(int depth) {
    return levels[FIELDS * (depth - 1) + 1];
  }

  double squares(int depth) {
    return levels[FIELDS * (depth - 1) + 2];
  }

  double min(int depth) {
    return levels[FIELDS * (depth - 1) + 3];
  }

  double max(int depth) {
    return levels[FIELDS * (depth - 1) + 4];
  }

  Extras extras(int depth) {
    Extras kept = extras == null ? null : extras[depth - 1];
    return kept == null ? Extras.NONE : kept;
  }
}
