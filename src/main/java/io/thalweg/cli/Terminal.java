package io.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/** Whether somebody looks. */
final class Terminal {
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /**
   * Whether standard error is a terminal. Java only tells it of standard input and output together;
   * Linux tells it of each, and elsewhere what picocli finds out must do.
   */
  static boolean isStandardError() {
    if (!Files.exists(STANDARD_ERROR)) {
      return Ansi.AUTO.enabled();
    }
    try {
      Path target = STANDARD_ERROR.toRealPath();
      return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
