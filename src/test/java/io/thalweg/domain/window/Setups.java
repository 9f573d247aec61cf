package io.thalweg.domain.window;

import io.thalweg.domain.stats.Statistics;

/** Windows that the tests start from. */
final class Setups {
  private Setups() {}

  /** With basic statistics and no allowed lateness. */
  static WindowSetup of(WindowDefinition definition) {
    return new WindowSetup("w", definition, Statistics.BASIC, 0);
  }

  static SlidingCountWindow counting(int size) {
    return SlidingCountWindow.empty(size, of(new WindowDefinition.SlidingCount(size)));
  }
}
