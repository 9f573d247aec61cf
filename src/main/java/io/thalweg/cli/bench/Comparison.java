package io.thalweg.cli.bench;

import io.thalweg.v1.Summary;
import java.util.Optional;

/** Compares what a server tells with what must be. */
final class Comparison {
  private static final double RELATIVE = 1e-12;

  /** Variances, whose last digits depend on the order in which samples were added. */
  private static final double RELATIVE_OF_VARIANCE = 1e-9;

  private Comparison() {}

  /** What is wrong with a summary; empty: nothing. */
  static Optional<String> flaw(Tally expected, Summary actual) {
    if (actual.getCount() != expected.count()) {
      return Optional.of("count %d instead of %d".formatted(actual.getCount(), expected.count()));
    }
    return differs("sum", actual.getSum(), expected.total(), RELATIVE)
        .or(() -> differs("mean", actual.getMean(), expected.mean(), RELATIVE))
        .or(() -> variance(expected, actual))
        .or(() -> differs("min", actual.getMin(), expected.smallest(), 0))
        .or(() -> differs("max", actual.getMax(), expected.largest(), 0));
  }

  private static Optional<String> variance(Tally expected, Summary actual) {
    return differs("variance", actual.getVariance(), expected.variance(), RELATIVE_OF_VARIANCE);
  }

  private static Optional<String> differs(
      String what, double actual, double expected, double relative) {
    boolean equal = Math.abs(actual - expected) <= Math.abs(expected) * relative;
    return equal ? Optional.empty() : Optional.of(what + " " + actual + " instead of " + expected);
  }
}
