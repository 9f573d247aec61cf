package io.thalweg.cli.cluster;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The last lines of a log, for when it has to be told why its program has not started. Thread-safe.
 */
public final class LogEnd {
  private static final int LINES_MAX = 20;

  private final Deque<String> lines = new ArrayDeque<>();

  public synchronized void add(String line) {
    if (lines.size() == LINES_MAX) {
      lines.remove();
    }
    lines.add(line);
  }

  public synchronized String text() {
    return String.join("\n", lines);
  }
}
