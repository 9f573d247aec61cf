package io.thalweg.cli.nab.figure;

/**
 * Where values stand on an axis.
 *
 * @param low a value
 * @param high a larger one
 * @param atLow the low value's place, in pixels
 * @param atHigh the high one's; may be below the other
 */
record Scale(double low, double high, double atLow, double atHigh) {
  Scale {
    if (!(high > low)) {
      throw new IllegalArgumentException("an axis goes from low to high: " + low + ", " + high);
    }
  }

  double at(double value) {
    return atLow + (value - low) / (high - low) * (atHigh - atLow);
  }
}
