package io.thalweg.domain;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Runs a test over and over with other random numbers, the same ones at each build. */
public final class Randomized {
  private static final int ROUNDS_MAX =
      Integer.getInteger("thalweg.test.rounds-max", Integer.MAX_VALUE);

  private Randomized() {}

  /** A failure names its seed; {@link #seeded} plays it again. */
  public static void rounds(int rounds, Consumer<RandomGenerator> test) {
    for (long seed = 1; seed <= Math.min(rounds, ROUNDS_MAX); seed++) {
      try {
        test.accept(seeded(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("failed with seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  public static RandomGenerator seeded(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
