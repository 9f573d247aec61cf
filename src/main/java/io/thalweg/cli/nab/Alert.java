package io.thalweg.cli.nab;

import io.thalweg.domain.detect.Anomaly;

/**
 * An anomaly that a key raised.
 *
 * @param row the sample's row in its series
 */
public record Alert(int row, Anomaly anomaly) {

  /** Between 0 and 1, the higher the further out. */
  public double score() {
    return 1 - 1 / (1 + anomaly.score());
  }
}
