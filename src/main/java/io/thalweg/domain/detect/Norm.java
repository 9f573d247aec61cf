package io.thalweg.domain.detect;

/** What is known of all values of a key, for the views to measure by. */
final class Norm {
  /** How many numbers it is stored as. */
  static final int NUMBERS = 2 + Ewma.NUMBERS;

  private static final double ALPHA = 0.001;
  private static final int SIZE_MEMORY = 5_000;

  private final Ewma values;
  private double count;
  private double size;

  Norm(Cursor from) {
    count = from.next();
    size = from.next();
    values = new Ewma(ALPHA, from);
  }

  void store(Cursor to) {
    to.put(count);
    to.put(size);
    values.store(to);
  }

  void learn(double value) {
    size += (Math.abs(value) - size) / Math.min(count + 1, SIZE_MEMORY);
    values.learn(value);
    count++;
  }

  /** How many samples came before the one that is judged. */
  long count() {
    return (long) count;
  }

  /** The mean of the values' sizes, of the newest 5,000 or so. */
  double size() {
    return size;
  }

  /** A hundredth of that: deviations are not taken as smaller. Above 0. */
  double floor() {
    return 0.01 * size + 1e-9;
  }

  double mean() {
    return values.mean();
  }

  double variance() {
    return values.variance();
  }

  double deviation() {
    return values.deviation();
  }
}
