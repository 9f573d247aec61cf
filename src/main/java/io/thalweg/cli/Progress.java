package io.thalweg.cli;

import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a long task has come: a bar with the remaining time on a terminal. */
final class Progress implements AutoCloseable {
  private static final int UPDATE_MILLIS = 200;
  private static final int MEBIBYTE = 1 << 20;
  private static final int PARTS = 1_000;

  private final Optional<ProgressBar> bar;

  private Progress(Optional<ProgressBar> bar) {
    this.bar = bar;
  }

  /**
   * On standard error, and only where that is a terminal.
   *
   * @param bytes in all; -1: not known
   */
  static Progress show(String task, long bytes) {
    return new Progress(
        Terminal.isStandardError() ? Optional.of(bar(task, bytes)) : Optional.empty());
  }

  /** Of a task that tells which part of it is done; as above. */
  static Progress parts(String task) {
    return new Progress(
        Terminal.isStandardError()
            ? Optional.of(builder(task).setInitialMax(PARTS).build())
            : Optional.empty());
  }

  /**
   * Says which part is done.
   *
   * @param part from 0 to 1
   */
  void at(double part, String what) {
    bar.ifPresent(b -> b.stepTo((long) (PARTS * part)));
    at(what);
  }

  /** Lines are about to be printed where the bar stands; it comes again beneath them. */
  void clearLine() {
    if (bar.isPresent()) {
      System.err.print("\r\033[K");
    }
  }

  void advance(long bytes) {
    bar.ifPresent(b -> b.stepBy(bytes));
  }

  /** What is being read now. */
  void at(String name) {
    bar.ifPresent(b -> b.setExtraMessage(" " + name));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }

  private static ProgressBar bar(String task, long bytes) {
    boolean small = bytes >= 0 && bytes < MEBIBYTE * 100L;
    return builder(task)
        .setInitialMax(bytes)
        .setUnit(small ? " KiB" : " MiB", small ? MEBIBYTE >> 10 : MEBIBYTE)
        .showSpeed()
        .build();
  }

  private static ProgressBarBuilder builder(String task) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setStyle(
            System.getenv("NO_COLOR") == null
                ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK
                : ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(System.err));
  }
}
