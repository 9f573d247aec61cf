package io.thalweg.domain.detect;

/**
 * Shift: a moved level. The mean of the last 16 values is four times as steady as a value, so a
 * step that lies well within the range of the values still stands out, after a few samples.
 */
final class ShiftView {
  /** How many numbers it is stored as. */
  static final int NUMBERS = Departure.NUMBERS;

  /** The mean is of so many samples. */
  static final int SAMPLES = 16;

  private final Departure departure;

  ShiftView(Cursor from) {
    departure = new Departure(from);
  }

  void store(Cursor to) {
    departure.store(to);
  }

  /** How surprising the newest values are; then learns them. */
  double surprise(Newest values) {
    double floor = 0.01 * Math.abs(departure.usual()) + 1e-9;
    return departure.surprise(values.mean(SAMPLES), floor);
  }

  /** What was found last. */
  Finding finding() {
    return new Finding.Unusual(
        departure.expected(), departure.deviation(), departure.seen(), SAMPLES);
  }
}
