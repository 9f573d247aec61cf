package io.thalweg.domain.detect;

/**
 * Range novelty: a value outside all that was seen lately. It needs no model of the values, so it
 * is the view for what has never been there, from the first sample of it on.
 *
 * <p>Lately is the last 32 complete blocks of 64 samples and the open one: only each block's least
 * and greatest value are kept. That a new value lies outside of 2,048 old ones has a chance of one
 * in 1,024; on top of that comes how far outside, in twentieths of the range. A wild value is
 * learnt as at most one range outside, so that it does not blind the view for the next ones.
 */
final class RangeView {
  /** How many numbers it is stored as, beside its blocks. */
  static final int NUMBERS = 4;

  /** How many slots its blocks take. */
  static final int SLOTS = 64;

  private static final int BLOCKS = 32;
  private static final int BLOCK = 64;
  private static final int COUNT_MIN = 100;

  /** log10(1024): what any value outside is worth. */
  private static final double OUTSIDE = StrictMath.log10(1024);

  private static final double STEP = 0.05;

  private final MemoryFold memory;
  private final int start;

  /** Of the open block. */
  private double openMin;

  private double openMax;

  /** Of the complete ones. */
  private double blocksMin;

  private double blocksMax;

  private double min;
  private double max;

  RangeView(MemoryFold memory, Cursor from, int start) {
    this.memory = memory;
    this.start = start;
    openMin = from.next();
    openMax = from.next();
    blocksMin = from.next();
    blocksMax = from.next();
  }

  void store(Cursor to) {
    to.put(openMin);
    to.put(openMax);
    to.put(blocksMin);
    to.put(blocksMax);
  }

  /** How surprising a value is; then learns it. */
  double surprise(double value, Norm norm) {
    long count = norm.count();
    if (count == 0) {
      min = value;
      max = value;
      openMin = value;
      openMax = value;
      return 0;
    }
    seeRange(count);
    double range = max - min + 1e-9 + 1e-6 * norm.size();
    double outside = Math.max(min - value, value - max);
    learn(Math.max(min - range, Math.min(max + range, value)), count);
    return outside > 0 && count >= COUNT_MIN
        ? OUTSIDE + Tail.DECADES * outside / (STEP * range)
        : 0;
  }

  /** The least value that was seen before the one judged last. */
  double min() {
    return min;
  }

  /** The greatest value that was seen before the one judged last. */
  double max() {
    return max;
  }

  /** How many samples {@link #min} and {@link #max} are of, when so many came before. */
  static long samples(long count) {
    return Math.min(count, BLOCKS * BLOCK + count % BLOCK);
  }

  private void seeRange(long count) {
    boolean opens = count % BLOCK == 0;
    boolean first = count < BLOCK;
    min = first ? openMin : opens ? blocksMin : Math.min(blocksMin, openMin);
    max = first ? openMax : opens ? blocksMax : Math.max(blocksMax, openMax);
  }

  private void learn(double value, long count) {
    boolean opens = count % BLOCK == 0;
    openMin = opens ? value : Math.min(openMin, value);
    openMax = opens ? value : Math.max(openMax, value);
    if ((count + 1) % BLOCK == 0) {
      close((count + 1) / BLOCK);
    }
  }

  /** The open block is complete, as the so manieth. */
  private void close(long blocks) {
    int slot = (int) ((blocks - 1) % BLOCKS);
    memory.set(start + slot, openMin);
    memory.set(start + BLOCKS + slot, openMax);
    blocksMin = openMin;
    blocksMax = openMax;
    for (int i = 0; i < Math.min(blocks, BLOCKS); i++) {
      blocksMin = Math.min(blocksMin, memory.get(start + i));
      blocksMax = Math.max(blocksMax, memory.get(start + BLOCKS + i));
    }
  }
}
