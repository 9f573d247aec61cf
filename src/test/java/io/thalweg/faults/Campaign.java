package io.thalweg.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs, some at a time. One that comes to no end is told as such and takes nothing from the others,
 * nor does one that hangs: it is interrupted after a while.
 */
final class Campaign {
  /** Beside its faults: start, the last healing, what is under way, the check, the end. */
  private static final Duration REST_MAX = Duration.ofMinutes(10);

  private final NemesisOptions options;
  private final NemesisReport report;
  private final int asked;
  private final BlockingQueue<Integer> networks;
  private volatile boolean stopping;

  Campaign(NemesisOptions options, NemesisReport report) {
    this.options = options;
    this.report = report;
    this.asked = report.count() + options.runs();
    networks = new ArrayBlockingQueue<>(options.parallel());
    for (int i = 0; i < options.parallel(); i++) {
      networks.add(options.firstNetwork() + i);
    }
  }

  void run() {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping = true));
    try (ExecutorService parallel = Executors.newFixedThreadPool(options.parallel());
        ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor()) {
      for (int i = 0; i < options.runs(); i++) {
        long seed = options.seed() + i;
        parallel.execute(() -> runInTime(seed, watchdog));
      }
      parallel.close();
    }
  }

  private void runInTime(long seed, ScheduledExecutorService watchdog) {
    Thread here = Thread.currentThread();
    ScheduledFuture<?> alarm =
        watchdog.schedule(
            here::interrupt, options.seconds() + REST_MAX.toSeconds(), TimeUnit.SECONDS);
    try {
      run(seed);
    } catch (Exception | Error e) {
      say(seed, "its figures could not be kept: " + e);
    } finally {
      alarm.cancel(false);
      var unused = Thread.interrupted();
    }
  }

  private void run(long seed) throws Exception {
    say(seed, "begins");
    Path folder = Files.createTempDirectory("thalweg-nemesis-" + seed + "-");
    int network = networks.take();
    NemesisRun run =
        new NemesisRun(seed, Duration.ofSeconds(options.seconds()), options.kinds(), folder);
    RunRow row;
    try {
      row = run.run(network);
    } catch (Exception | Error e) {
      if (stopping) {
        return;
      }
      e.printStackTrace();
      row = RunRow.failed(seed, options.seconds(), e, run.faults());
    } finally {
      networks.add(network);
    }
    report.add(row);
    tell(row, folder);
  }

  private void tell(RunRow row, Path folder) throws IOException {
    if (row.isClean()) {
      say(row.seed(), "clean");
      Nemesis.delete(folder);
    } else {
      say(row.seed(), row.isEnded() ? row.violations() + " " + row.examples() : row.failure());
      say(row.seed(), "its logs and history are in " + folder);
    }
    System.err.print(NemesisReport.row(row));
    System.err.println("nemesis: " + report.progress(asked));
  }

  private static void say(long seed, String what) {
    System.err.println("nemesis " + seed + ": " + what);
  }
}
