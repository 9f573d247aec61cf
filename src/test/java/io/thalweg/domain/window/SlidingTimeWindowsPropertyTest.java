package io.thalweg.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.Randomized;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.ExactSummary;
import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.window.WindowDefinition.SlidingTime;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class SlidingTimeWindowsPropertyTest {
  private static final long SLIDE = 1_000_000;
  private static final double ERROR_MAX = 1e-12;

  @Test
  void eachStepAgreesWithRecomputingEverything() {
    Randomized.rounds(80, random -> new Run(random).steps(120));
  }

  @Test
  void batchesAndSnapshotsComeOutWithTheSameBits() {
    Randomized.rounds(
        80,
        random -> {
          SlidingTime definition = new SlidingTime(SLIDE * random.nextInt(1, 6), SLIDE);
          WindowFold throughout = Windows.empty(definition).fold();
          Windows stepwise = Windows.empty(definition);
          long now = 0;
          for (int i = 0; i < 100; i++) {
            WindowFold fold = Windows.restore(definition, stepwise.snapshot()).fold();
            now += random.nextLong(SLIDE);
            long time = now - random.nextLong(3 * SLIDE);
            double x = random.nextGaussian();
            List<Window> closed = take(throughout, time, x, now);
            assertThat(take(fold, time, x, now)).isEqualTo(closed);
            stepwise = fold.freeze();
          }
          assertThat(stepwise.snapshot()).isEqualTo(throughout.freeze().snapshot());
        });
  }

  private static List<Window> take(WindowFold fold, long time, double x, long now) {
    List<Window> closed = new ArrayList<>();
    if (fold.open(time)) {
      fold.add(time, x);
    }
    fold.advance(now - 2 * SLIDE, closed::add);
    return closed;
  }

  /** A fold beside the list of all samples that are not late. */
  private static final class Run {
    private final RandomGenerator random;
    private final SlidingTime definition;
    private final long disorder;
    private final List<Sample> all = new ArrayList<>();
    private WindowFold fold;
    private long timeMax;
    private long watermark = Long.MIN_VALUE;

    Run(RandomGenerator random) {
      this.random = random;
      definition = new SlidingTime(SLIDE * random.nextInt(1, 7), SLIDE);
      disorder = random.nextLong(4 * SLIDE);
      fold = Windows.empty(definition).fold();
    }

    void steps(int steps) {
      for (int i = 0; i < steps; i++) {
        step();
        if (random.nextInt(4) == 0) {
          Windows frozen = fold.freeze();
          assertOpenWindows(frozen);
          boolean restores = random.nextBoolean();
          fold = (restores ? Windows.restore(definition, frozen.snapshot()) : frozen).fold();
        }
      }
    }

    private void step() {
      boolean jumps = random.nextInt(30) == 0;
      long time = timeMax + random.nextLong(-5 * SLIDE, jumps ? 1000 * SLIDE : 2 * SLIDE);
      long slice = Math.floorDiv(time, SLIDE);
      boolean late = !isOpen(slice);
      assertThat(fold.open(time)).isEqualTo(!late);
      if (!late) {
        assertBefore(slice);
        double x = random.nextGaussian() + 1e6;
        fold.add(time, x);
        all.add(new Sample(time, x));
      }
      timeMax = Math.max(timeMax, time);
      long next = timeMax - disorder;
      List<Window> closed = new ArrayList<>();
      fold.advance(next, closed::add);
      assertWindows(closed, windowsEnding(watermark, next));
      watermark = next;
    }

    private void assertBefore(long slice) {
      LiveSummary before = fold.before();
      long size = definition.sizeNanos() / SLIDE;
      List<Double> values =
          all.stream()
              .filter(s -> isOpen(sliceOf(s)))
              .filter(s -> sliceOf(s) > slice - size && sliceOf(s) <= slice)
              .map(Sample::value)
              .toList();
      new ExactSummary(values).assertMatches(before.summary(), ERROR_MAX);
      assertThat(before.count()).isEqualTo(values.size());
      assertThat(before.mean()).isCloseTo(before.summary().mean(), Offset.offset(1e-9));
      assertThat(before.variance()).isCloseTo(before.summary().variance(), Offset.offset(1e-12));
    }

    private void assertOpenWindows(Windows frozen) {
      List<Window> open = frozen.windows().stream().filter(w -> !w.closed()).toList();
      assertWindows(open, windowsEnding(watermark, Long.MAX_VALUE));
    }

    /**
     * The starts of the windows with samples that end after one watermark and not after another.
     */
    private List<Long> windowsEnding(long after, long notAfter) {
      long panes = definition.sizeNanos() / SLIDE;
      return all.stream()
          .map(Run::sliceOf)
          .flatMap(s -> LongStream.rangeClosed(s - panes + 1, s).boxed())
          .distinct()
          .sorted()
          .map(n -> n * SLIDE)
          .filter(start -> start + definition.sizeNanos() > after)
          .filter(start -> start + definition.sizeNanos() <= notAfter)
          .toList();
    }

    private void assertWindows(List<Window> told, List<Long> starts) {
      assertThat(told).extracting(Window::startNanos).isEqualTo(starts);
      for (Window window : told) {
        List<Double> values =
            all.stream()
                .filter(s -> s.timeNanos() >= window.startNanos())
                .filter(s -> s.timeNanos() < window.endNanos())
                .map(Sample::value)
                .toList();
        new ExactSummary(values).assertMatches(window.summary(), ERROR_MAX);
      }
    }

    /** Whether the newest window of a slice is still open. */
    private boolean isOpen(long slice) {
      return slice * SLIDE + definition.sizeNanos() > watermark;
    }

    private static long sliceOf(Sample sample) {
      return Math.floorDiv(sample.timeNanos(), SLIDE);
    }
  }
}
