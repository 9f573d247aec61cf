package io.thalweg.domain.detect;

/**
 * Mean and variance that forget: each new value weighs {@code max(1 ÷ count, alpha)}, so that they
 * are those of all values at first, and later of the newest {@code 1 ÷ alpha} or so (Finch,
 * "Incremental calculation of weighted mean and variance", 2009).
 */
final class Ewma {
  /** How many numbers it is stored as. */
  static final int NUMBERS = 3;

  private final double alpha;
  private double count;
  private double mean;
  private double variance;

  /** As it was stored; zeros are one that has seen nothing. */
  Ewma(double alpha, Cursor from) {
    this.alpha = alpha;
    count = from.next();
    mean = from.next();
    variance = from.next();
  }

  void store(Cursor to) {
    to.put(count);
    to.put(mean);
    to.put(variance);
  }

  void learn(double value) {
    count++;
    double gain = Math.max(1 / count, alpha);
    double d = value - mean;
    mean += gain * d;
    variance = (1 - gain) * (variance + gain * d * d);
  }

  double count() {
    return count;
  }

  double mean() {
    return mean;
  }

  double variance() {
    return variance;
  }

  double deviation() {
    return Math.sqrt(variance);
  }
}
