package io.thalweg.domain.detect;

/**
 * Spike, the view that is off by default: a single value far from what was expected just there,
 * although it lies within the range of all values. Expected is what is usual at this time of day,
 * moved by what the last 24 values lay above what was usual at theirs; the distance from that, in
 * its own deviations, goes through a {@link Tail}.
 *
 * <p>It judges each sample alone, as noise is made of single samples: so it raises more false
 * alerts than the other views.
 */
final class SpikeView {
  /** How many numbers it is stored as. */
  static final int NUMBERS = Departure.NUMBERS;

  private final Departure departure;
  private double expected;

  SpikeView(Cursor from) {
    departure = new Departure(from);
  }

  void store(Cursor to) {
    departure.store(to);
  }

  /** How surprising a value is; then learns it. To be asked before the season learns the value. */
  double surprise(int part, double value, SeasonView season, Norm norm) {
    expected = season.usual(part) + season.residualsMean();
    return departure.surprise(value - expected, norm.floor());
  }

  /** What was found last. */
  Finding finding() {
    return new Finding.Unusual(
        expected + departure.expected(), departure.deviation(), expected + departure.seen(), 1);
  }
}
