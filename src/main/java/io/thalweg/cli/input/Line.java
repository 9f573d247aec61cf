package io.thalweg.cli.input;

import java.util.OptionalLong;

/** What one line of a file says. */
sealed interface Line {

  /** Counted from 1; of a record of several lines, the last. */
  long number();

  /**
   * A sample.
   *
   * @param timeUnixNano empty: the time of arrival
   */
  record Sample(long number, String key, OptionalLong timeUnixNano, double value) implements Line {}

  /** No sample, and why. */
  record Malformed(long number, String reason) implements Line {}
}
