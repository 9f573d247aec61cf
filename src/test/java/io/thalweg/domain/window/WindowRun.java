package io.thalweg.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.ExactDetails;
import io.thalweg.domain.stats.ExactSummary;
import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.window.NaiveWindows.Told;
import io.thalweg.domain.window.WindowDefinition.Hopping;
import io.thalweg.domain.window.WindowDefinition.Session;
import io.thalweg.domain.window.WindowDefinition.SlidingCount;
import io.thalweg.domain.window.WindowDefinition.Total;
import io.thalweg.domain.window.WindowDefinition.Tumbling;
import io.thalweg.domain.window.WindowDefinition.TumblingCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;

/** One run of a window algorithm beside its naive counterpart; all is compared at each step. */
final class WindowRun implements WindowListener {
  private static final double ERROR_MAX = 1e-12;

  private final RandomGenerator random;
  private final WindowSetup setup;
  private final NaiveWindows naive;
  private final long disorder;
  private final double level;
  private final List<Window> closed = new ArrayList<>();
  private final List<Window> updated = new ArrayList<>();
  private final List<Sample> sent = new ArrayList<>();

  /** Since the fold began. */
  private final List<Sample> added = new ArrayList<>();

  private Optional<Window> lastClosed = Optional.empty();
  private Windows windows;
  private WindowFold fold;
  private long now = 1_000 * WindowAlgorithmSuite.MS;
  private long timeMax = Long.MIN_VALUE;
  private long watermark = Long.MIN_VALUE;
  private boolean restores;
  private boolean forks;

  WindowRun(RandomGenerator random, WindowSetup setup, NaiveWindows naive) {
    this.random = random;
    this.setup = setup;
    this.naive = naive;
    disorder = random.nextLong(4 * WindowAlgorithmSuite.MS);
    level = Math.pow(10, random.nextInt(10)) * (random.nextBoolean() ? 1 : -1);
    windows = Windows.empty(setup);
    fold = windows.fold(this);
  }

  long disorder() {
    return disorder;
  }

  void restoreAfterEachStep() {
    restores = true;
  }

  void forkAfterEachStep() {
    forks = true;
  }

  /** Sends samples; how far the clock goes on before each, and how far behind it the sample is. */
  void samples(
      int count, ToLongFunction<RandomGenerator> gap, ToLongFunction<RandomGenerator> behind) {
    for (int i = 0; i < count; i++) {
      now += gap.applyAsLong(random);
      send(new Sample(now - behind.applyAsLong(random), value()));
    }
  }

  /** Sends all that was sent so far once more. */
  void again() {
    List.copyOf(sent).forEach(this::send);
  }

  /** Closes whatever waits for time to go on. */
  void idle() {
    List<Told> open = naive.open();
    boolean waits = fold.freeze().waitForTime();
    fold = windows(fold).fold(this);
    fold.closeAll();
    if (waits) {
      watermark = Math.max(watermark, open.getLast().end());
      assertTold(naive.advance(watermark));
    }
    assertTold(List.of());
    assertThat(fold.freeze().waitForTime()).isFalse();
    fold = windows(fold).fold(this);
  }

  @Override
  public void closed(Window window) {
    closed.add(window);
    boolean isOlder = lastClosed.isPresent() && window.endNanos() < lastClosed.get().endNanos();
    if (!isTimed() || !isOlder) {
      lastClosed = Optional.of(window);
    }
  }

  @Override
  public void updated(Window window) {
    updated.add(window);
  }

  private void send(Sample sample) {
    sent.add(sample);
    boolean inTime = naive.accepts(sample.timeNanos());
    assertThat(fold.open(sample.timeNanos())).isEqualTo(inTime);
    if (inTime) {
      assertSeen(fold.before(), naive.before(sample.timeNanos()));
      fold.add(sample.timeNanos(), sample.value());
      added.add(sample);
      assertTold(naive.add(sample));
    }
    timeMax = Math.max(timeMax, sample.timeNanos());
    fold.advance(timeMax - disorder);
    assertTold(naive.advance(Math.max(watermark, timeMax - disorder)));
    watermark = Math.max(watermark, timeMax - disorder);
    step();
  }

  private void step() {
    if (!restores && !forks && random.nextInt(3) > 0) {
      return;
    }
    if (random.nextInt(4) == 0) {
      askForOpenWindows();
    }
    windows = windows(fold);
    added.clear();
    List<Window> told = windows.windows();
    assertSame(told.stream().filter(w -> !w.closed()).toList(), naive.open());
    assertThat(told.stream().filter(Window::closed))
        .containsExactlyElementsOf(lastClosed.stream().toList());
    if (restores) {
      Windows restored = Windows.restore(setup, windows.snapshot());
      assertThat(restored.snapshot()).isEqualTo(windows.snapshot());
      assertThat(restored.windows()).isEqualTo(told);
      windows = restored;
    }
    if (forks) {
      fork();
    }
    fold = windows.fold(this);
  }

  /** All of them, and those that changed. */
  private void askForOpenWindows() {
    fold.update(false);
    assertSame(updated, naive.open());
    updated.clear();
    fold.update(true);
    assertSame(
        updated,
        naive.open().stream().filter(w -> added.stream().anyMatch(w.samples()::contains)).toList());
    updated.clear();
  }

  /** A successor that is given up must not be seen in this one, nor in a restored one. */
  private void fork() {
    WindowSnapshot before = windows.snapshot();
    WindowFold other = windows.fold(Deaf.INSTANCE);
    for (int i = random.nextInt(20); i >= 0; i--) {
      long time = timeMax + random.nextLong(-9, 9) * WindowAlgorithmSuite.MS;
      if (other.open(time)) {
        other.add(time, 1e15);
      }
      other.advance(Math.max(watermark, time - disorder));
    }
    other.freeze();
    assertThat(windows.snapshot()).isEqualTo(before);
  }

  private static Windows windows(WindowFold fold) {
    return fold.freeze();
  }

  private void assertTold(List<Told> expected) {
    assertSame(closed, expected);
    closed.clear();
    assertThat(updated).isEmpty();
  }

  private void assertSame(List<Window> told, List<Told> expected) {
    assertThat(told).extracting(Window::startNanos).isEqualTo(starts(expected));
    for (int i = 0; i < told.size(); i++) {
      Window window = told.get(i);
      Told naively = expected.get(i);
      assertThat(window.endNanos()).isEqualTo(naively.end());
      assertThat(window.closed()).isEqualTo(naively.closed());
      assertThat(window.revision()).isEqualTo(naively.revision());
      exact(naively.samples()).assertMatches(window.summary(), ERROR_MAX);
      new ExactDetails(naively.samples(), setup.statistics())
          .assertMatches(window.summary().details());
      assertRate(window, naively);
    }
  }

  /** Windows of time last as long as they do; others as long as the gaps between their samples. */
  private void assertRate(Window window, Told naively) {
    OptionalDouble rate = window.summary().details().ratePerSecond();
    double seconds = (naively.end() - naively.start()) / 1e9;
    if (!setup.statistics().rate() || seconds <= 0) {
      assertThat(rate).isEmpty();
    } else {
      int spans = naively.samples().size() - (isTimed() ? 0 : 1);
      assertThat(rate.orElseThrow()).isCloseTo(spans / seconds, offset(spans / seconds));
    }
  }

  private boolean isTimed() {
    return switch (setup.definition()) {
      case Tumbling d -> true;
      case Hopping d -> true;
      case Session d -> true;
      case TumblingCount d -> false;
      case SlidingCount d -> false;
      case Total d -> false;
    };
  }

  private static List<Long> starts(List<Told> told) {
    return told.stream().map(Told::start).toList();
  }

  private static void assertSeen(LiveSummary seen, List<Sample> samples) {
    assertThat(seen.count()).isEqualTo(samples.size());
    double mean = seen.mean();
    double variance = seen.variance();
    Summary summary = seen.summary();
    exact(samples).assertMatches(summary, ERROR_MAX);
    assertThat(mean).isCloseTo(summary.mean(), offset(summary.mean()));
    assertThat(variance).isCloseTo(summary.variance(), offset(summary.variance()));
  }

  private static Offset<Double> offset(double scale) {
    return Offset.offset(Math.max(1e-300, 1e-12 * Math.abs(scale)));
  }

  private static ExactSummary exact(List<Sample> samples) {
    return new ExactSummary(samples.stream().map(Sample::value).toList());
  }

  /** Noise around a level, and a rare wild one. */
  private double value() {
    return random.nextInt(60) == 0 ? 1e12 * random.nextGaussian() : level + random.nextGaussian();
  }
}
