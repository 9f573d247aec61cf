package io.thalweg.domain.detect;

/**
 * Turns a distance into a surprise, −log10 of the chance of one so large. It knows the quantile
 * that 98.5 % of the distances do not exceed, and how far those beyond it exceed it in the mean;
 * beyond the quantile the distances are taken to fall off exponentially, which many distributions
 * do far out (Balkema and de Haan, "Residual life time at great age", 1974; Pickands, 1975).
 *
 * <p>The quantile is found by small steps, up by 0.985 of a step and down by 0.015 (Robbins and
 * Monro, "A stochastic approximation method", 1951); the step follows the scale of the distances.
 */
final class Tail {
  /** How many numbers it is stored as. */
  static final int NUMBERS = 5;

  /** log10(e). */
  static final double DECADES = 0.4342944819;

  private static final double RANK = 0.985;
  private static final double BEYOND = 0.015;

  /** What a distance at the quantile is worth. */
  private static final double AT_QUANTILE = -StrictMath.log10(BEYOND);

  private static final int COUNT_MIN = 50;
  private static final int BEYOND_MIN = 5;

  /** From then on a single distance counts no more than ten times the mean excess. */
  private static final int BEYOND_TRUSTED = 10;

  private static final double SCALE_GAIN_MIN = 0.001;
  private static final double EXCESS_GAIN_MIN = 0.005;
  private static final double STEP_MIN = 1e-12;

  private double count;
  private double beyond;
  private double quantile;
  private double excess;
  private double scale;

  /** As it was stored; zeros are one that has seen nothing. */
  Tail(Cursor from) {
    count = from.next();
    beyond = from.next();
    quantile = from.next();
    excess = from.next();
    scale = from.next();
  }

  void store(Cursor to) {
    to.put(count);
    to.put(beyond);
    to.put(quantile);
    to.put(excess);
    to.put(scale);
  }

  /** How surprising a distance is; 0: not at all, or too little is known. */
  double score(double distance) {
    return count >= COUNT_MIN && beyond >= BEYOND_MIN && distance > quantile && excess > 0
        ? AT_QUANTILE + DECADES * (distance - quantile) / excess
        : 0;
  }

  void learn(double distance) {
    count++;
    if (count == 1) {
      quantile = distance;
      scale = Math.abs(distance);
      return;
    }
    double gain = Math.max(1 / count, SCALE_GAIN_MIN);
    scale += gain * (Math.abs(distance - quantile) - scale);
    double step = (scale + STEP_MIN) * Math.min(1, 10 * gain);
    if (distance > quantile) {
      learnExcess(distance - quantile);
      quantile += RANK * step;
    } else {
      quantile -= BEYOND * step;
    }
  }

  /** The distance that is still usual. */
  double quantile() {
    return quantile;
  }

  private void learnExcess(double by) {
    beyond++;
    double bounded = beyond > BEYOND_TRUSTED ? Math.min(by, 10 * excess) : by;
    excess += Math.max(1 / beyond, EXCESS_GAIN_MIN) * (bounded - excess);
  }
}
