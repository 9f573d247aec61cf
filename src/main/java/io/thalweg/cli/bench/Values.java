package io.thalweg.cli.bench;

/**
 * The values of the load: each is known from its key and its index alone, and so is what any range
 * of them amounts to.
 *
 * <p>A key's values are a permutation of 0 to 996, over and over, begun at a place and raised by an
 * amount that depend on the key. The permutation is i⁵ mod 997: 5 and 996 have no common divisor,
 * so that no two places share a value and a lost sample is missed in the sum whichever it is, and
 * neighbours differ by no constant. All are whole numbers, whose sums are exact.
 */
final class Values {
  static final int PERIOD = 997;

  /** Keys apart, so that a sample that was counted under another key stands out. */
  private static final int STEP = 1_000;

  private static final int STEPS = 1_000;

  private static final int[] PATTERN = new int[PERIOD];

  /** Of the first i values of the pattern, the sum and that of the squares. */
  private static final long[] SUMS = new long[PERIOD + 1];

  private static final long[] SQUARES = new long[PERIOD + 1];

  static {
    for (int i = 0; i < PERIOD; i++) {
      long value = 1;
      for (int power = 0; power < 5; power++) {
        value = value * i % PERIOD;
      }
      PATTERN[i] = (int) value;
      SUMS[i + 1] = SUMS[i] + value;
      SQUARES[i + 1] = SQUARES[i] + value * value;
    }
  }

  private Values() {}

  /** The value of a key's sample. */
  static double of(int key, long index) {
    return base(key) + PATTERN[place(key, index)];
  }

  /** What the samples of a key from one index to below another amount to. */
  static Tally range(int key, long from, long to) {
    if (from >= to) {
      return Tally.EMPTY;
    }
    long count = to - from;
    int first = place(key, from);
    long wholes = count / PERIOD;
    int rest = (int) (count % PERIOD);
    long sum = wholes * SUMS[PERIOD] + part(SUMS, first, rest);
    long squares = wholes * SQUARES[PERIOD] + part(SQUARES, first, rest);
    int min = 0;
    int max = PERIOD - 1;
    if (wholes == 0) {
      min = PERIOD;
      max = -1;
      for (int i = 0; i < rest; i++) {
        int value = PATTERN[(first + i) % PERIOD];
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    return new Tally(base(key), count, sum, squares, min, max);
  }

  /** One sample. */
  static Tally one(int key, long index) {
    return range(key, index, index + 1);
  }

  private static long part(long[] sums, int first, int length) {
    int end = first + length;
    return end <= PERIOD
        ? sums[end] - sums[first]
        : sums[PERIOD] - sums[first] + sums[end - PERIOD];
  }

  private static int place(int key, long index) {
    return (int) ((index + key * 31L) % PERIOD);
  }

  private static int base(int key) {
    return key % STEPS * STEP;
  }
}
