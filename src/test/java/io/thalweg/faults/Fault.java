package io.thalweg.faults;

import java.util.random.RandomGenerator;

/** One kind of what may happen. */
interface Fault {

  /** In a few words. */
  String kind();

  /** Whether it can be done here. */
  default boolean isPossible(Arena arena) {
    return true;
  }

  /** Does it, sees whether it took effect, and undoes it where that is not left to others. */
  Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception;

  /**
   * What came of it.
   *
   * @param evidence what shows that it took effect; empty: nothing does
   * @param endNanos since when nothing is wrong any more, or nobody undoes anything
   */
  record Effect(String evidence, long endNanos) {
    static Effect now(String evidence) {
      return new Effect(evidence, System.nanoTime());
    }

    boolean isConfirmed() {
      return !evidence.isEmpty();
    }
  }
}
