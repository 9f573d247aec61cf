package io.thalweg.domain.detect;

/**
 * Spread: a changed variability, or none at all any more. The measure is the logarithm of the last
 * 48 values' deviation, so that half and double are equally far; a hundredth of the values' size is
 * added to the deviation, lest the noise of an all but flat line count.
 */
final class SpreadView {
  /** How many numbers it is stored as. */
  static final int NUMBERS = Departure.NUMBERS;

  /** The deviation is of so many samples. */
  static final int SAMPLES = 48;

  private static final double FLOOR = 0.05;

  private final Departure departure;

  SpreadView(Cursor from) {
    departure = new Departure(from);
  }

  void store(Cursor to) {
    departure.store(to);
  }

  /** How surprising the newest values are, 0 where there are less than 48; then learns them. */
  double surprise(Newest values, Norm norm) {
    return values.count() < SAMPLES
        ? 0
        : departure.surprise(StrictMath.log(values.deviation() + norm.floor()), FLOOR);
  }

  /** What was found last, with deviations instead of their logarithms. */
  Finding finding() {
    double expected = StrictMath.exp(departure.expected());
    return new Finding.Unusual(
        expected,
        expected * StrictMath.expm1(departure.deviation()),
        StrictMath.exp(departure.seen()),
        SAMPLES);
  }
}
