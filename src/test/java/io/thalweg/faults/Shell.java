package io.thalweg.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of the machine: {@code ip}, {@code kill}. */
final class Shell {
  private static final int SECONDS_MAX = 20;

  private Shell() {}

  /** Runs a command; returns what it printed. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(List.of(command) + " failed: " + output);
    }
    return output;
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
