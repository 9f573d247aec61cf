package io.thalweg.domain.stats;

/**
 * Mean and variance with weights that halve with each half-life of event time: a sample's weight is
 * 2^(−age ÷ half-life), its age counted back from the newest one. They merge like other weighted
 * moments (West 1979, Chan, Golub and LeVeque 1979) once both are brought to the same time, so the
 * order of arrival does not matter but for roundings.
 *
 * @param timeNanos of the newest sample
 * @param weight sum of the weights at that time; at least 1
 * @param mean the weighted mean, rounded
 * @param meanRest what {@code mean} lacks: a wild value that has faded away takes no digits along
 * @param m2 weighted sum of the squared deviations from the mean
 */
public record DecayedMoments(
    long timeNanos, double weight, double mean, double meanRest, double m2) {

  static DecayedMoments of(long timeNanos, double value) {
    return new DecayedMoments(timeNanos, 1, value, 0, 0);
  }

  DecayedMoments plus(DecayedMoments that, long halfLifeNanos) {
    long time = Math.max(timeNanos, that.timeNanos);
    double mine = weightAt(time, halfLifeNanos);
    double theirs = that.weightAt(time, halfLifeNanos);
    if (theirs > mine) {
      // From the heavier mean the step is the smaller one, and so is its error.
      return that.plus(this, halfLifeNanos);
    }
    double n = mine + theirs;
    double delta = (that.mean - mean) + (that.meanRest - meanRest);
    double squares =
        m2 * (mine / weight)
            + that.m2 * (theirs / that.weight)
            + delta * (theirs / n) * delta * mine;
    DoubleDouble next = DoubleDouble.sum(mean, delta * (theirs / n));
    return new DecayedMoments(time, n, next.high(), next.low() + meanRest, squares);
  }

  Details.Decayed told() {
    double variance = Math.min(Double.MAX_VALUE, m2 / weight);
    double value = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, mean + meanRest));
    return new Details.Decayed(value, Math.max(0, variance));
  }

  private double weightAt(long time, long halfLifeNanos) {
    double age = (double) time - (double) timeNanos;
    return age == 0 ? weight : weight * StrictMath.pow(2, -age / halfLifeNanos);
  }
}
