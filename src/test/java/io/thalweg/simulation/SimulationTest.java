package io.thalweg.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Many runs with all that can go wrong, none of which may break the promise; and mutants, each of
 * which must. {@code -Dthalweg.simulation.runs=} says how many, {@code -Dthalweg.simulation.first=}
 * from which seed on; {@code -Dthalweg.simulation.seed=} runs one and prints what happens in it.
 */
class SimulationTest {
  private static final int RUNS = Integer.getInteger("thalweg.simulation.runs", 2_000);
  private static final long FIRST = Long.getLong("thalweg.simulation.first", 1);
  private static final @Nullable Long SEED = Long.getLong("thalweg.simulation.seed");
  private static final int MUTANT_RUNS_MAX = 5_000;
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.thalweg.journal");

  private static @Nullable Level level;

  /** Fenced nodes and lost connections are what this is about. */
  @BeforeAll
  static void hush() {
    level = LOG.getLevel();
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak() {
    LOG.setLevel(level);
  }

  @Test
  void nothingThatGoesWrongBreaksThePromise() {
    long begun = System.nanoTime();
    Set<Long> hashes = new HashSet<>();
    long steps = 0;
    long stored = 0;
    long acknowledged = 0;
    long first = SEED == null ? FIRST : SEED;
    long last = SEED == null ? FIRST + RUNS - 1 : SEED;
    for (long seed = first; seed <= last; seed++) {
      Simulation.Result result = Simulation.run(seed, Wiring.REAL, false);
      if (result.violation() != null || SEED != null) {
        report(seed, Wiring.REAL);
      }
      hashes.add(result.hash());
      steps += result.steps();
      stored += result.stored();
      acknowledged += result.acknowledged();
    }
    System.out.printf(
        "simulation: %,d runs, %,d distinct, %,d steps, %,d batches stored, %,d acknowledged, 0"
            + " violations, %.1f s%n",
        last - first + 1,
        hashes.size(),
        steps,
        stored,
        acknowledged,
        (System.nanoTime() - begun) / 1e9);
    assertThat(stored).isGreaterThanOrEqualTo(acknowledged).isPositive();
    assertThat(hashes.size()).isGreaterThan((int) ((last - first + 1) * 0.99));
  }

  @Test
  void sameSeedIsTheSameRun() {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(Simulation.run(seed, Wiring.REAL, true))
          .isEqualTo(Simulation.run(seed, Wiring.REAL, true));
    }
  }

  @ParameterizedTest
  @EnumSource
  void mutantIsFound(Mutant mutant) {
    long begun = System.nanoTime();
    for (long seed = 1; seed <= MUTANT_RUNS_MAX; seed++) {
      Violation violation = Simulation.run(seed, mutant, false).violation();
      if (violation != null) {
        System.out.printf(
            "mutant %s: %s in run %d, %.2f s%n",
            mutant, violation.invariant(), seed, (System.nanoTime() - begun) / 1e9);
        return;
      }
      assertThat(System.nanoTime() - begun).as("nanoseconds").isLessThan(60_000_000_000L);
    }
    throw new AssertionError(mutant + " was not found in " + MUTANT_RUNS_MAX + " runs");
  }

  private static void report(long seed, Wiring wiring) {
    Simulation.Result again = Simulation.run(seed, wiring, true);
    again.trace().forEach(System.out::println);
    if (again.violation() != null) {
      throw new AssertionError(
          "run again with -Dthalweg.simulation.seed=%d; %s"
              .formatted(seed, again.violation().getMessage()),
          again.violation());
    }
  }
}
