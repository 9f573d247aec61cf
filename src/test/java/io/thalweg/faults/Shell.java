package io.thalweg.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of the machine: {@code ip}, {@code kill}. */
final class Shell {
  private static final int SECONDS_MAX = 60;

  private Shell() {}

  /** Runs a command; returns what it printed. */
  static String run(String... command) throws IOException, InterruptedException {
    Path file = Files.createTempFile("thalweg-command", ".txt");
    try {
      // Into a file: what the command leaves running would keep a pipe open.
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(file.toFile())
              .start();
      boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
      String output = Files.readString(file).strip();
      if (!ended || process.exitValue() != 0) {
        throw new IOException(List.of(command) + " failed: " + output);
      }
      return output;
    } finally {
      Files.delete(file);
    }
  }

  /** Whether a process was stopped by a signal, as the kernel says. */
  static boolean isStopped(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).startsWith("T");
  }

  /** Sends a signal to processes; those that are gone meanwhile are passed over. */
  static void signal(String name, Iterable<ProcessHandle> processes)
      throws IOException, InterruptedException {
    for (ProcessHandle process : processes) {
      try {
        run("kill", "-" + name, Long.toString(process.pid()));
      } catch (IOException failure) {
        if (process.isAlive()) {
          throw failure;
        }
      }
    }
  }
}
