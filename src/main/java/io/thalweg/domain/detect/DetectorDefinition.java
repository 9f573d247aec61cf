package io.thalweg.domain.detect;

/** How anomalies of a key are found. */
public sealed interface DetectorDefinition {

  /** What an anomaly says of the detector that raised it. */
  String name();

  /**
   * Whether it judges a sample against a window of the stream. Otherwise it judges all samples of
   * the key by a memory of its own, or by none at all.
   */
  boolean judgesWindow();

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

    @Override
    public boolean judgesWindow() {
      return true;
    }
  }

  /**
   * Raises an anomaly where a sample lies more than {@code threshold} standard deviations from the
   * mean, both weighted exponentially: each sample counts (1 − alpha) times what it counted at the
   * sample after it.
   *
   * @param alpha the weight of a new sample; above 0, below 1
   * @param threshold &gt; 0, in standard deviations
   * @param minSamples so many samples must have been seen before one is judged; at least 2
   */
  record Ewma(double alpha, double threshold, int minSamples) implements DetectorDefinition {
    public Ewma {
      if (!(alpha > 0 && alpha < 1)) {
        throw new IllegalArgumentException(
            "a new sample's weight, alpha, is above 0 and below 1: " + alpha);
      }
      if (!(threshold > 0) || !Double.isFinite(threshold)) {
        throw new IllegalArgumentException(
            "an ewma's threshold is above 0 and finite: " + threshold);
      }
      if (minSamples < 2) {
        throw new IllegalArgumentException(
            "an ewma needs at least 2 samples to judge by: " + minSamples);
      }
    }

    /** The alpha with which a sample counts half as much after so many samples; above 0. */
    public static double alphaOfHalfLife(double samples) {
      if (!(samples > 0) || !Double.isFinite(samples)) {
        throw new IllegalArgumentException("a half-life is above 0 and finite: " + samples);
      }
      return -StrictMath.expm1(-StrictMath.log(2) / samples);
    }

    @Override
    public String name() {
      return "ewma/1";
    }

    @Override
    public boolean judgesWindow() {
      return false;
    }
  }

  /**
   * Raises an anomaly for each sample beyond a fixed limit.
   *
   * @param above the upper limit; {@link Double#POSITIVE_INFINITY}: none
   * @param below the lower limit; {@link Double#NEGATIVE_INFINITY}: none
   */
  record Threshold(double above, double below) implements DetectorDefinition {
    public Threshold {
      if (!(below < above)) {
        throw new IllegalArgumentException(
            "the limit below is less than the one above: " + below + ", " + above);
      }
      if (Double.isInfinite(above) && Double.isInfinite(below)) {
        throw new IllegalArgumentException("a threshold has a limit above, below or both");
      }
    }

    @Override
    public String name() {
      return "threshold/1";
    }

    @Override
    public boolean judgesWindow() {
      return false;
    }
  }

  /**
   * Raises an anomaly where the newest samples surprise in one of several views: see {@link
   * SurpriseDetector}.
   *
   * @param threshold the surprise, −log10 p, from which on there is an alert; above 0
   * @param habituation how much each alert not yet forgotten adds to the threshold; at least 0
   * @param habituationSamples an alert counts 1/e as much after so many samples; at least 1
   * @param refractorySamples for so many samples after an alert there is no other, but for one that
   *     is stronger by {@code override}; at least 0
   * @param override at least 0
   * @param warmUpSamples no alert among so many first samples of a key; at least 0. The views wait
   *     by themselves until they know enough, for 50 to 100 samples
   * @param pointResidual whether single samples are judged against what they were expected to be
   */
  record Surprise(
      double threshold,
      double habituation,
      int habituationSamples,
      int refractorySamples,
      double override,
      int warmUpSamples,
      boolean pointResidual)
      implements DetectorDefinition {

    /** One set of parameters for all series. */
    public static final Surprise DEFAULT = new Surprise(3, 0.05, 2_000, 120, 3, 0, false);

    public Surprise {
      if (!(threshold > 0) || !Double.isFinite(threshold)) {
        throw new IllegalArgumentException(
            "a surprise's threshold is above 0 and finite: " + threshold);
      }
      notNegative("habituation", habituation);
      notNegative("override", override);
      notNegative("refractory samples", refractorySamples);
      notNegative("warm-up samples", warmUpSamples);
      if (habituationSamples < 1) {
        throw new IllegalArgumentException(
            "habituation lasts for at least 1 sample: " + habituationSamples);
      }
    }

    @Override
    public String name() {
      return "surprise/1";
    }

    @Override
    public boolean judgesWindow() {
      return false;
    }

    private static void notNegative(String what, double value) {
      if (!(value >= 0) || !Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "a surprise's " + what + " is at least 0 and finite: " + value);
      }
    }
  }
}
