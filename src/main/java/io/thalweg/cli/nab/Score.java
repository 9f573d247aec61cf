package io.thalweg.cli.nab;

import java.util.OptionalDouble;

/**
 * What alerts are worth to a profile. Scores of several series add up.
 *
 * @param hits windows with an alert
 * @param missed windows without one
 * @param falseAlerts alerts in no window
 * @param raw what all that is worth
 * @param baseline what it would be worth never to alert
 * @param perfect what it would be worth to alert in the first row of each window and nowhere else
 */
public record Score(
    int hits, int missed, int falseAlerts, double raw, double baseline, double perfect) {
  static final Score NONE = new Score(0, 0, 0, 0, 0, 0);

  /**
   * The score of a series.
   *
   * @param threshold rows of this anomaly score and above are alerts; above 0
   */
  static Score of(Detection detection, Profile profile, double threshold) {
    LabelledSeries series = detection.series();
    double[] worths = Position.worths(series);
    double[] scores = detection.scores();
    int hits = 0;
    double raw = 0;
    for (LabelledWindow window : series.scored()) {
      int row = Math.max(window.first(), series.probation());
      while (row <= window.last() && scores[row] < threshold) {
        row++;
      }
      boolean hit = row <= window.last();
      hits += hit ? 1 : 0;
      raw += hit ? profile.hit() * worths[row] : -profile.miss();
    }
    int falseAlerts = 0;
    for (int row = series.probation(); row < scores.length; row++) {
      if (scores[row] >= threshold && series.windowAt(row).isEmpty()) {
        falseAlerts++;
        raw += profile.falseAlert() * worths[row];
      }
    }
    int windows = series.scored().size();
    return new Score(
        hits, windows - hits, falseAlerts, raw, -windows * profile.miss(), windows * profile.hit());
  }

  public Score plus(Score other) {
    return new Score(
        hits + other.hits,
        missed + other.missed,
        falseAlerts + other.falseAlerts,
        raw + other.raw,
        baseline + other.baseline,
        perfect + other.perfect);
  }

  public int windows() {
    return hits + missed;
  }

  /** 0 where nothing is ever alerted, 100 for the best there can be; empty without windows. */
  public OptionalDouble normalised() {
    return windows() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(100 * (raw - baseline) / (perfect - baseline));
  }
}
