package io.thalweg.domain.detect;

/** How anomalies of a key are found. */
public sealed interface DetectorDefinition {

  /** What an anomaly says of the detector that raised it. */
  String name();

  /**
   * Raises an anomaly where a sample lies more than {@code threshold} standard deviations from the
   * mean of the window before it.
   *
   * @param threshold &gt; 0, in standard deviations
   * @param minSamples the window must hold so many samples before it is a judge; at least 2
   */
  record ZScore(double threshold, int minSamples) implements DetectorDefinition {
    public ZScore {
      if (!(threshold > 0) || !Double.isFinite(threshold)) {
        throw new IllegalArgumentException(
            "a z-score's threshold is above 0 and finite: " + threshold);
      }
      if (minSamples < 2) {
        throw new IllegalArgumentException(
            "a z-score needs at least 2 samples to judge by: " + minSamples);
      }
    }

    @Override
    public String name() {
      return "z-score";
    }
  }
}
