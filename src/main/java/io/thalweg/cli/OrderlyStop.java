package io.thalweg.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * Ends the process in order when it is asked to (SIGTERM, Ctrl-C).
 *
 * <p>A JVM that a signal ends reports 128 + the signal, which looks like a failure to whoever
 * started it. So the hook itself halts the process once all is closed, with the code that is meant.
 */
final class OrderlyStop {
  /** How long a node may take. */
  static final Duration PATIENCE = Duration.ofSeconds(24);

  private final Runnable closing;
  private final int exitCode;
  private final PrintWriter err;
  private final Duration patience;
  private final IntConsumer halt;
  private final Thread hook = new Thread(this::stop, "thalweg-stop");
  private volatile boolean begun;

  OrderlyStop(
      Runnable closing, int exitCode, PrintWriter err, Duration patience, IntConsumer halt) {
    this.closing = closing;
    this.exitCode = exitCode;
    this.err = err;
    this.patience = patience;
    this.halt = halt;
  }

  static OrderlyStop install(Runnable closing, int exitCode, PrintWriter err) {
    return install(closing, exitCode, err, PATIENCE);
  }

  /**
   * The same for what takes another time.
   *
   * @param patience after which the process ends anyway
   */
  static OrderlyStop install(Runnable closing, int exitCode, PrintWriter err, Duration patience) {
    OrderlyStop stop =
        new OrderlyStop(closing, exitCode, err, patience, Runtime.getRuntime()::halt);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Whether the process is ending. */
  boolean hasBegun() {
    return begun;
  }

  /** The process will end by itself. Without effect once it is ending. */
  void cancel() {
    if (!begun) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        begun = true; // a signal came first
      }
    }
  }

  /** Closes, for a bounded time, and halts. */
  void stop() {
    begun = true;
    int code = exitCode;
    try {
      CompletableFuture.runAsync(closing, task -> Thread.ofPlatform().daemon().start(task))
          .get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      err.println("thalweg: could not stop within " + patience.toSeconds() + " s; ended anyway");
      code = ExitCode.FAILED;
    } catch (ExecutionException | InterruptedException e) {
      err.println("thalweg: could not stop in order: " + e);
      code = ExitCode.FAILED;
    }
    err.flush();
    halt.accept(code);
  }
}
