package io.thalweg.cli.bench;

import io.thalweg.cli.bench.Workload.ExpectedWindow;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.Window;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Compares what a server knows with what was sent: of every key the totals and the windows that its
 * state tells of, and of key after key the windows that its journal says have closed, as many as a
 * bound allows.
 */
final class ResultCheck {
  /** Questions under way, unless it is told otherwise: they shall not hinder one another. */
  static final int FEW = 16;

  private final Workload workload;
  private final KeyNames names;
  private final long[] counts;
  private final Results results;
  private final AtomicLong windowsLeft;
  private final int parallel;

  /**
   * @param counts for each key how many samples were sent and acknowledged
   * @param windowsMax so many closed windows are read from the journal
   * @param parallel so many questions are under way at a time
   */
  ResultCheck(
      Workload workload,
      KeyNames names,
      long[] counts,
      Results results,
      long windowsMax,
      int parallel) {
    this.workload = workload;
    this.names = names;
    this.counts = counts;
    this.results = results;
    this.windowsLeft = new AtomicLong(windowsMax);
    this.parallel = parallel;
  }

  Findings run() throws InterruptedException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      return sum(executor.invokeAll(parts()));
    }
  }

  private List<Callable<Findings>> parts() {
    return IntStream.range(0, parallel)
        .<Callable<Findings>>mapToObj(part -> () -> checkPart(part))
        .toList();
  }

  private static Findings sum(List<Future<Findings>> parts) throws InterruptedException {
    Findings all = Findings.NONE;
    for (Future<Findings> part : parts) {
      all = all.plus(get(part));
    }
    return all;
  }

  private static Findings get(Future<Findings> part) throws InterruptedException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Findings checkPart(int part) {
    Findings all = Findings.NONE;
    for (int key = part; key < counts.length; key += parallel) {
      if (counts[key] > 0) {
        all = all.plus(check(key));
      }
    }
    return all;
  }

  private Findings check(int key) {
    String name = names.of(key);
    Findings.OfKey found = new Findings.OfKey(name);
    Optional<KeyState> state = results.state(name);
    found.counted(
        counts[key],
        state.map(s -> s.getTotal().getCount()).orElse(0L),
        state.map(KeyState::getVersion).orElse(0L));
    if (found.isClean()) {
      state.ifPresent(s -> checkState(key, s, found));
      checkHistory(key, found);
    }
    return found.done();
  }

  private void checkState(int key, KeyState state, Findings.OfKey found) {
    Comparison.flaw(workload.total(key, counts[key]), state.getTotal())
        .ifPresent(flaw -> found.wrong("total: " + flaw));
    List<ExpectedWindow> expected = workload.windows(key, counts[key]);
    if (state.getWindowsCount() != expected.size()) {
      found.wrong("%d windows instead of %d".formatted(state.getWindowsCount(), expected.size()));
      return;
    }
    for (int i = 0; i < expected.size(); i++) {
      checkWindow(expected.get(i), state.getWindows(i), found);
    }
    workload.otherFlaw(key, counts[key], state).ifPresent(found::wrong);
  }

  private void checkHistory(int key, Findings.OfKey found) {
    long expected = workload.closedCount(key, counts[key]);
    long allowed = reserve(expected);
    if (allowed == 0) {
      return;
    }
    AtomicLong told = new AtomicLong();
    results.closedWindows(
        names.of(key),
        allowed < expected ? allowed : Long.MAX_VALUE,
        window -> {
          long place = told.getAndIncrement();
          if (place < expected) {
            found.checkedWindow();
            checkWindow(workload.closed(key, counts[key], place), window, found);
          }
        });
    if (told.get() != allowed) {
      found.wrong("%,d windows have closed instead of %,d".formatted(told.get(), allowed));
    }
  }

  private static void checkWindow(ExpectedWindow expected, Window actual, Findings.OfKey found) {
    expected.flaw(actual).ifPresent(flaw -> found.wrong("window: " + flaw));
  }

  private long reserve(long windows) {
    return Math.min(windows, windowsLeft.getAndUpdate(left -> left - Math.min(left, windows)));
  }
}
