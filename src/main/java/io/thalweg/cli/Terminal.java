package io.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/** Whether somebody looks. */
final class Terminal {
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private Terminal() {}

  /**
   * Whether standard error is a terminal. Java only tells it of standard input and output together;
   * Linux tells it of each, and elsewhere what picocli finds out must do.
   */
  static boolean isStandardError() {
    return isTerminal(STANDARD_ERROR);
  }

  /** The same of standard output. */
  static boolean isStandardOutput() {
    return isTerminal(STANDARD_OUTPUT);
  }

  private static boolean isTerminal(Path stream) {
    if (!Files.exists(stream)) {
      return Ansi.AUTO.enabled();
    }
    try {
      Path target = stream.toRealPath();
      return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
