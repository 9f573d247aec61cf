package io.thalweg.cli.bench;

import java.math.BigInteger;

/**
 * What whole-numbered samples of one key amount to, exactly.
 *
 * @param base what was taken off each, so that the squares stay small
 * @param sum of the rest
 * @param squares the sum of the rests' squares
 * @param min the smallest rest; without samples of no meaning, as is max
 */
record Tally(long base, long count, long sum, long squares, int min, int max) {
  static final Tally EMPTY = new Tally(0, 0, 0, 0, 0, 0);

  /** Both together; they have the same base, unless one is empty. */
  Tally plus(Tally other) {
    if (count == 0) {
      return other;
    }
    if (other.count == 0) {
      return this;
    }
    if (base != other.base) {
      throw new IllegalArgumentException("bases differ: " + base + " and " + other.base);
    }
    return new Tally(
        base,
        count + other.count,
        sum + other.sum,
        squares + other.squares,
        Math.min(min, other.min),
        Math.max(max, other.max));
  }

  double total() {
    return (double) (base * count + sum);
  }

  double mean() {
    return base + (double) sum / count;
  }

  /** Of the population. */
  double variance() {
    BigInteger n = BigInteger.valueOf(count);
    BigInteger s = BigInteger.valueOf(sum);
    return n.multiply(BigInteger.valueOf(squares)).subtract(s.multiply(s)).doubleValue()
        / ((double) count * count);
  }

  double smallest() {
    return base + min;
  }

  double largest() {
    return base + max;
  }
}
