package io.thalweg.domain.detect;

/**
 * How far a measure of the newest samples departs from what it usually is, and how surprising that
 * is: the distance from its own {@link Ewma} in deviations, through its own {@link Tail}. Three of
 * the views differ in the measure alone.
 */
final class Departure {
  /** How many numbers it is stored as. */
  static final int NUMBERS = Ewma.NUMBERS + Tail.NUMBERS;

  private static final double ALPHA = 0.001;
  private static final int COUNT_MIN = 50;

  private final Ewma usual;
  private final Tail tail;
  private double expected;
  private double deviation;
  private double seen;

  Departure(Cursor from) {
    usual = new Ewma(ALPHA, from);
    tail = new Tail(from);
  }

  void store(Cursor to) {
    usual.store(to);
    tail.store(to);
  }

  /** What the measure usually is. */
  double usual() {
    return usual.mean();
  }

  /**
   * How surprising the measure is; then learns it.
   *
   * @param floor added to the deviation, above 0: what is never an anomaly where nothing varies
   */
  double surprise(double measure, double floor) {
    expected = usual.mean();
    deviation = usual.deviation();
    seen = measure;
    double distance =
        usual.count() < COUNT_MIN ? 0 : Math.abs(measure - expected) / (deviation + floor);
    double surprise = tail.score(distance);
    tail.learn(distance);
    usual.learn(measure);
    return surprise;
  }

  /** Of the measure that was judged last: what it was expected to be. */
  double expected() {
    return expected;
  }

  /** Of the measure that was judged last: how far it usually is from that. */
  double deviation() {
    return deviation;
  }

  /** The measure that was judged last. */
  double seen() {
    return seen;
  }
}
