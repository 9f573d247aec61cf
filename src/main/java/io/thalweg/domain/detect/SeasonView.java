package io.thalweg.domain.detect;

/**
 * Season: a level that would be usual at another time of day. Each half hour of the day has a mean
 * of its own, which follows the last ten or so values of that half hour; until it has seen two, the
 * mean of the newest 1,000 values stands in. The measure is the mean of what the last 24 values lie
 * above that.
 *
 * <p>A wild value moves the mean of its half hour no more than four deviations would.
 */
final class SeasonView {
  /** How many numbers it is stored as, beside its slots. */
  static final int NUMBERS = 1 + Departure.NUMBERS;

  /** The measure is of so many samples. */
  static final int SAMPLES = 24;

  /** How many slots it takes. */
  static final int SLOTS = 2 * TimeOfDay.PARTS + SAMPLES;

  private static final int TRUSTED = 2;
  private static final int LEVEL_MEMORY = 1_000;
  private static final int BOUNDED_FROM_PART_COUNT = 4;
  private static final int BOUNDED_FROM_COUNT = 1_000;
  private static final double BOUND_DEVIATIONS = 4;
  private static final double GAIN_MIN = 0.1;

  private final MemoryFold memory;
  private final int start;
  private final Newest residuals;
  private final Departure departure;
  private double level;
  private double residual;

  /**
   * @param count how many samples came before
   */
  SeasonView(MemoryFold memory, Cursor from, int start, long count) {
    this.memory = memory;
    this.start = start;
    residuals = new Newest(memory, start + 2 * TimeOfDay.PARTS, SAMPLES, count);
    level = from.next();
    departure = new Departure(from);
  }

  void store(Cursor to) {
    to.put(level);
    departure.store(to);
  }

  /**
   * How surprising a value is; then learns it.
   *
   * @param part of the day, from 0 to below {@link TimeOfDay#PARTS}
   */
  double surprise(int part, double value, Norm norm) {
    if (norm.count() == 0) {
      level = value; // Nothing is usual yet: the first value lies above nothing.
    }
    residual = value - usual(part);
    residuals.add(residual);
    double surprise = departure.surprise(residuals.mean(SAMPLES), norm.floor());
    learn(part, value, norm);
    return surprise;
  }

  /** What is usual at a part of the day. */
  double usual(int part) {
    return memory.get(countPlace(part)) < TRUSTED ? level : memory.get(start + part);
  }

  /** What the value that was judged last lies above what is usual. */
  double residual() {
    return residual;
  }

  /** The mean of what the values before lay above what is usual. */
  double residualsMean() {
    return residuals.count() == 0 ? 0 : residuals.mean(SAMPLES);
  }

  /** What was found last. */
  Finding finding() {
    return new Finding.Unusual(
        departure.expected(), departure.deviation(), departure.seen(), SAMPLES);
  }

  private void learn(int part, double value, Norm norm) {
    double mean = memory.get(start + part);
    double count = memory.get(countPlace(part)) + 1;
    double d = value - mean;
    if (count > BOUNDED_FROM_PART_COUNT && norm.count() > BOUNDED_FROM_COUNT) {
      double bound = BOUND_DEVIATIONS * norm.deviation();
      d = Math.max(-bound, Math.min(bound, d));
    }
    memory.set(start + part, mean + Math.max(GAIN_MIN, 1 / count) * d);
    memory.set(countPlace(part), count);
    level += (value - level) / Math.min(norm.count() + 1, LEVEL_MEMORY);
  }

  private int countPlace(int part) {
    return start + TimeOfDay.PARTS + part;
  }
}
