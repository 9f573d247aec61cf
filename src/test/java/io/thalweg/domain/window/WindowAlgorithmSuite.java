package io.thalweg.domain.window;

import io.thalweg.domain.Randomized;
import io.thalweg.domain.stats.Statistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What every window algorithm must do, step by step, beside a recomputation of everything with
 * exact arithmetic. A subclass says which algorithm, and what it is compared with.
 */
abstract class WindowAlgorithmSuite {
  static final long MS = 1_000_000;

  private static final int ROUNDS = 12;
  private static final Statistics ALL =
      new Statistics(
          true,
          true,
          true,
          Optional.of(new Statistics.Quantiles(List.of(0.0, 0.25, 0.5, 0.99, 1.0), 0.01)),
          OptionalLong.of(5 * MS));

  /** A window of any size. */
  abstract WindowDefinition definition(RandomGenerator random);

  abstract NaiveWindows naive(WindowDefinition definition, long latenessNanos);

  @Test
  void inOrder() {
    rounds(0, run -> run.samples(150, r -> r.nextLong(2 * MS), r -> 0));
  }

  @Test
  void disordered() {
    rounds(0, run -> run.samples(150, r -> r.nextLong(MS), r -> r.nextLong(run.disorder() + 1)));
  }

  @Test
  void late() {
    rounds(0, run -> run.samples(150, r -> r.nextLong(MS), r -> r.nextLong(12 * MS)));
  }

  @Test
  void lateWithinTheAllowedLateness() {
    rounds(6 * MS, run -> run.samples(150, r -> r.nextLong(MS), r -> r.nextLong(14 * MS)));
  }

  @Test
  void duplicated() {
    rounds(
        2 * MS,
        run -> {
          run.samples(40, r -> r.nextLong(MS), r -> r.nextLong(3 * MS));
          run.again();
          run.again();
        });
  }

  @Test
  void equalTimes() {
    rounds(0, run -> run.samples(120, r -> r.nextInt(8) == 0 ? r.nextLong(9 * MS) : 0, r -> 0));
  }

  @Test
  void gapsLongerThanTheWindow() {
    rounds(
        MS,
        run ->
            run.samples(
                100,
                r -> r.nextInt(6) == 0 ? r.nextLong(10_000 * MS) : r.nextLong(MS),
                r -> r.nextLong(2 * MS)));
  }

  @Test
  void restoredFromASnapshotAfterEveryStep() {
    rounds(
        3 * MS,
        run -> {
          run.restoreAfterEachStep();
          run.samples(120, r -> r.nextLong(2 * MS), r -> r.nextLong(8 * MS));
        });
  }

  @Test
  void forkedAfterEveryStep() {
    rounds(
        3 * MS,
        run -> {
          run.forkAfterEachStep();
          run.samples(120, r -> r.nextLong(2 * MS), r -> r.nextLong(8 * MS));
        });
  }

  @Test
  void anything() {
    rounds(
        4 * MS,
        run -> {
          for (int i = 0; i < 8; i++) {
            run.samples(
                25,
                r -> r.nextInt(20) == 0 ? r.nextLong(100 * MS) : r.nextLong(2 * MS),
                r -> r.nextInt(5) == 0 ? r.nextLong(20 * MS) : r.nextLong(run.disorder() + 1));
            run.idle();
          }
        });
  }

  private void rounds(long latenessNanos, Consumer<WindowRun> story) {
    Randomized.rounds(
        ROUNDS,
        random -> {
          WindowDefinition definition = definition(random);
          Statistics statistics = random.nextBoolean() ? Statistics.BASIC : ALL;
          WindowSetup setup = new WindowSetup("w", definition, statistics, latenessNanos);
          story.accept(new WindowRun(random, setup, naive(definition, latenessNanos)));
        });
  }
}
