package io.thalweg.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What a process has used. From Linux's {@code /proc}; elsewhere Java tells processor time, without
 * that of children that have ended, and nothing of memory.
 *
 * @param family whether the processes that it started count, too
 */
record CpuMeter(long pid, boolean family) {
  /** Linux tells times in hundredths of a second, on every architecture. */
  private static final Duration TICK = Duration.ofMillis(10);

  private static final Path PROC = Path.of("/proc");

  /** In stat(5), counted from the state on: own user and system time, that of ended children. */
  private static final int FIRST_TIME = 11;

  private static final int TIMES = 4;

  /** Processor time so far; empty: not known, as of a process that has ended. */
  Optional<Duration> cpu() {
    return ProcessHandle.of(pid)
        .flatMap(CpuMeter::ofOne)
        .map(own -> family ? own.plus(ofDescendants()) : own);
  }

  /** Memory that the process has in use, in millions of bytes, without its children's. */
  OptionalDouble residentMegabytes() {
    try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6)
          .findFirst();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  private Duration ofDescendants() {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .flatMap(process -> ofOne(process).stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Optional<Duration> ofOne(ProcessHandle process) {
    try {
      Path stat = PROC.resolve(process.pid() + "/stat");
      return Optional.of(parse(Files.readString(stat, StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      return process.info().totalCpuDuration();
    }
  }

  /** The times of a line of {@code stat}. The name in it may hold blanks and parentheses. */
  static Duration parse(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int i = 0; i < TIMES; i++) {
      ticks += Long.parseLong(fields[FIRST_TIME + i]);
    }
    return TICK.multipliedBy(ticks);
  }
}
