package io.thalweg.domain.window;

/** Prints what a sample costs in hopping windows of one slide's width each; rough, one run. */
final class HoppingCost {
  private static final int SAMPLES = 3_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long[] BEHIND = {0, 1, 0, 2, 1, 0, 0, 2};

  private HoppingCost() {}

  public static void main(String[] arguments) {
    for (int round = 0; round < 3; round++) {
      for (int panes : new int[] {60, 600, 3_600}) {
        System.out.printf(
            "size/slide %4d: in order %4.0f ns, 2 s disorder %4.0f ns per sample%n",
            panes, nanosPerSample(panes, 0), nanosPerSample(panes, 2));
      }
    }
  }

  private static double nanosPerSample(int panes, int disorder) {
    WindowSetup setup = Setups.of(new WindowDefinition.Hopping(panes * SECOND, SECOND, 0));
    WindowFold fold = Windows.empty(setup).fold(Deaf.INSTANCE);
    long start = System.nanoTime();
    for (int i = 0; i < SAMPLES; i++) {
      long time = (i - (disorder == 0 ? 0 : BEHIND[i & 7])) * SECOND;
      if (fold.open(time)) {
        fold.add(time, 1e6 + (i * 0x9E3779B97F4A7C15L >>> 40));
      }
      fold.advance((long) i * SECOND - disorder * SECOND);
      if (i % 16 == 0) {
        fold = fold.freeze().fold(Deaf.INSTANCE);
      }
    }
    return (double) (System.nanoTime() - start) / SAMPLES;
  }
}
