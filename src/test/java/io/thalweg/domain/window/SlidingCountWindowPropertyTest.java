package io.thalweg.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.Randomized;
import io.thalweg.domain.stats.ExactSummary;
import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class SlidingCountWindowPropertyTest {
  private static final double ERROR_MAX = 1e-12;

  @Test
  void eachStepAgreesWithRecomputingEverything() {
    Randomized.rounds(
        60,
        random -> {
          int size = random.nextInt(1, 70);
          List<Double> all = new ArrayList<>();
          Windows window = Setups.counting(size);
          for (int i = 0; i < 300; i++) {
            double x = value(random, i);
            all.add(x);
            window = appended(window, i, x);
            ExactSummary exact = newest(all, size);
            Window told = window.windows().getFirst();
            exact.assertMatches(told.summary(), ERROR_MAX);
            assertThat(told.startNanos()).isEqualTo(i + 1 - exact.values().size());
            assertThat(told.endNanos()).isEqualTo(i);
          }
        });
  }

  @Test
  void whatAJudgeSeesIsTheWindowBeforeTheSample() {
    Randomized.rounds(
        20,
        random -> {
          int size = random.nextInt(1, 20);
          WindowFold fold = Setups.counting(size).fold(Deaf.INSTANCE);
          List<Double> all = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            assertThat(fold.open(i)).isTrue();
            assertSame(fold.before(), newest(all, size));
            double x = value(random, i);
            fold.add(i, x);
            all.add(x);
          }
        });
  }

  @Test
  void batchesSnapshotsAndForksComeOutWithTheSameBits() {
    Randomized.rounds(
        100,
        random -> {
          int size = random.nextInt(1, 50);
          WindowDefinition definition = new WindowDefinition.SlidingCount(size);
          WindowFold throughout = Windows.empty(Setups.of(definition)).fold(Deaf.INSTANCE);
          Windows stepwise = Windows.empty(Setups.of(definition));
          int time = 0;
          for (int batch = 0; batch < 30; batch++) {
            Windows from = moved(random, definition, stepwise);
            WindowFold fold = from.fold(Deaf.INSTANCE);
            for (int i = random.nextInt(1, 20); i > 0; i--) {
              double x = value(random, time);
              throughout.add(time, x);
              fold.add(time++, x);
            }
            stepwise = fold.freeze();
          }
          Windows whole = throughout.freeze();
          assertThat(stepwise.snapshot()).isEqualTo(whole.snapshot());
          assertThat(stepwise.windows()).isEqualTo(whole.windows());
        });
  }

  @Test
  void everyVersionEverMadeStaysWhatItWas() {
    Randomized.rounds(
        50,
        random -> {
          List<Windows> versions = new ArrayList<>(List.of(Setups.counting(8)));
          List<WindowSnapshot> snapshots = new ArrayList<>();
          List<List<Window>> told = new ArrayList<>();
          for (int i = 0; i < 60; i++) {
            Windows any = versions.get(random.nextInt(versions.size()));
            versions.add(appended(any, i, value(random, i)));
          }
          versions.forEach(v -> snapshots.add(v.snapshot()));
          versions.forEach(v -> told.add(v.windows()));
          List.copyOf(versions).forEach(v -> appended(v, 99, 99));
          assertThat(versions).extracting(Windows::snapshot).isEqualTo(snapshots);
          assertThat(versions).extracting(Windows::windows).isEqualTo(told);
        });
  }

  /** The same window, where it is, restored from a snapshot, or with another successor already. */
  private static Windows moved(
      RandomGenerator random, WindowDefinition definition, Windows window) {
    return switch (random.nextInt(3)) {
      case 0 -> Windows.restore(Setups.of(definition), window.snapshot());
      case 1 -> {
        appended(window, -1, 1e15);
        yield window;
      }
      default -> window;
    };
  }

  private static Windows appended(Windows window, long timeNanos, double value) {
    WindowFold fold = window.fold(Deaf.INSTANCE);
    fold.add(timeNanos, value);
    return fold.freeze();
  }

  private static ExactSummary newest(List<Double> all, int size) {
    return new ExactSummary(all.subList(Math.max(0, all.size() - size), all.size()));
  }

  private static void assertSame(LiveSummary told, ExactSummary exact) {
    Summary summary = told.summary();
    exact.assertMatches(summary, ERROR_MAX);
    assertThat(told.count()).isEqualTo(summary.count());
    assertThat(told.mean()).isCloseTo(summary.mean(), offset(summary.mean()));
    assertThat(told.variance()).isCloseTo(summary.variance(), offset(summary.variance()));
  }

  private static Offset<Double> offset(double scale) {
    return Offset.offset(Math.max(1e-300, 1e-13 * Math.abs(scale)));
  }

  /** Noise around a level that jumps at times, with a rare spike. */
  private static double value(RandomGenerator random, int i) {
    if (random.nextInt(50) == 0) {
      return random.nextBoolean() ? 1e15 : -1e15;
    }
    double level = i / 90 % 2 == 0 ? 1e6 : -20;
    return level + random.nextGaussian();
  }
}
