package io.thalweg.cli;

/** What the process ends with. Scripts build on these: they do not change. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int NOT_FOUND = 3;
  static final int UNAVAILABLE = 4;
  static final int REJECTED = 5;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
