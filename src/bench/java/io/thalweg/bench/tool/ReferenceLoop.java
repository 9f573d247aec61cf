package io.thalweg.bench.tool;

import java.util.Locale;

/** Prints how many rounds of the reference work one thread does in a second. */
public final class ReferenceLoop {
  private static final int ROUNDS_AT_ONCE = 10_000;

  private ReferenceLoop() {}

  /**
   * @param args how many seconds to measure, after half as many to warm up
   */
  public static void main(String[] args) {
    double seconds = Double.parseDouble(args[0]);
    ReferenceWork work = new ReferenceWork();
    double unused = rate(work, seconds / 2);
    double rate = rate(work, seconds);
    if (Double.isNaN(unused + rate)) {
      throw new IllegalStateException("not a number"); // so that the work is not left out
    }
    System.out.printf(Locale.ROOT, "%.0f%n", rate);
  }

  private static double rate(ReferenceWork work, double seconds) {
    long start = System.nanoTime();
    long rounds = 0;
    double results = 0;
    double passed = 0;
    while (passed < seconds) {
      for (int i = 0; i < ROUNDS_AT_ONCE; i++) {
        results += work.round();
      }
      rounds += ROUNDS_AT_ONCE;
      passed = (System.nanoTime() - start) / 1e9;
    }
    return Double.isNaN(results) ? results : rounds / passed;
  }
}
