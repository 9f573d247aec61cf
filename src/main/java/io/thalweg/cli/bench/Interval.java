package io.thalweg.cli.bench;

/** A span of {@link System#nanoTime}: from its start to below its end. */
record Interval(long startNanos, long endNanos) {
  boolean contains(long nanoTime) {
    return nanoTime - startNanos >= 0 && nanoTime - endNanos < 0;
  }

  double seconds() {
    return (endNanos - startNanos) / 1e9;
  }
}
