package io.thalweg.cli.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process that does not outlive this one.
 *
 * <p>Between the two stands a shell that waits for the end of its standard input. That comes when
 * {@link #stop} closes it and also when this process is gone, however it went: the kernel closes it
 * then. The shell passes on neither Ctrl-C nor the end of the terminal, which reach all processes
 * of a terminal at once, so that who is stopped when is decided here alone.
 */
final class Guarded {
  /** Its first argument is the signal that ends the program in order. */
  private static final String GUARD =
      """
      signal=$1
      shift
      trap : INT HUP TERM
      exec 3<&0 </dev/null
      if command -v setsid >/dev/null; then
        setsid "$@" 3<&- &
      else
        set -m
        "$@" 3<&- &
      fi
      child=$!
      (
        trap '' INT HUP TERM
        read -r _ <&3
        kill -s "$signal" "$child"
      ) >/dev/null 2>&1 &
      watch=$!
      exec 3<&-
      while :; do
        wait "$child"
        code=$?
        kill -0 "$child" 2>/dev/null || break
      done
      kill -9 "$watch" 2>/dev/null
      wait "$watch" 2>/dev/null
      exit "$code"
      """;

  private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final Process guard;
  private final Thread follower;

  private Guarded(String name, Process guard, Thread follower) {
    this.name = name;
    this.guard = guard;
    this.follower = follower;
  }

  /**
   * Starts a program.
   *
   * @param name for people
   * @param signal that ends it in order: {@code TERM}, {@code INT}
   * @param environment what it has beside, or instead of, what this process has
   * @param lines takes each line that it prints, on a thread of its own
   */
  static Guarded start(
      String name,
      String signal,
      List<String> command,
      Map<String, String> environment,
      Consumer<String> lines)
      throws IOException {
    List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "guard", signal));
    guarded.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(guarded).redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("THALWEG_"));
    builder.environment().putAll(environment);
    Process guard = builder.start();
    Thread follower =
        Thread.ofPlatform().daemon().name("follow-" + name).start(() -> follow(guard, lines));
    return new Guarded(name, guard, follower);
  }

  String name() {
    return name;
  }

  /** Of the shell; the program's processes descend from it. */
  long pid() {
    return guard.pid();
  }

  boolean isAlive() {
    return guard.isAlive();
  }

  /** Completed with what it ended with, a signal being 128 and its number. */
  CompletableFuture<Integer> whenEnded() {
    return guard.onExit().thenApply(Process::exitValue);
  }

  /** Waits for its end, and that all it has printed was taken. */
  int await() throws InterruptedException {
    int code = guard.waitFor();
    follower.join(KILL_PATIENCE);
    return code;
  }

  /**
   * Ends it in order, and with violence after that time. When this returns it is gone.
   *
   * @return whether it ended in order
   */
  boolean stop(Duration patience) {
    List<ProcessHandle> all = guard.descendants().toList();
    try {
      closeInput();
      boolean inOrder = guard.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!inOrder) {
        all.forEach(ProcessHandle::destroyForcibly);
        guard.waitFor(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
      follower.join(KILL_PATIENCE);
      return inOrder;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      all.forEach(ProcessHandle::destroyForcibly);
      guard.destroyForcibly();
    }
  }

  private void closeInput() {
    try (OutputStream input = guard.getOutputStream()) {
      input.flush();
    } catch (IOException gone) {
      // It has ended by itself.
    }
  }

  private static void follow(Process guard, Consumer<String> lines) {
    try (BufferedReader reader = guard.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines);
    } catch (IOException | java.io.UncheckedIOException gone) {
      // Nothing more to read.
    }
  }
}
