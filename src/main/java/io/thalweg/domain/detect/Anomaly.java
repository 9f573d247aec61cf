package io.thalweg.domain.detect;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Summary;

/**
 * A sample that a detector found out of the ordinary, and why. {@link Explanation} says it in a
 * sentence.
 *
 * @param sample the sample
 * @param score how far out: a z-score, in standard deviations, or a surprise, −log10 p
 * @param threshold the score from which on a sample is an anomaly
 * @param detector the detector's name and, behind a slash, its version
 * @param view what it saw, in one word
 * @param evidence the samples before it: those of the window that it was judged against, or what a
 *     detector with a memory of its own knows of them (mean and variance weigh newer samples more
 *     then); empty where the detector knows none
 * @param finding what was seen against what was expected
 */
public record Anomaly(
    Sample sample,
    double score,
    double threshold,
    String detector,
    String view,
    Summary evidence,
    Finding finding) {

  /** One that was judged by its distance from the mean. */
  public Anomaly(
      Sample sample,
      double score,
      double threshold,
      String detector,
      String view,
      Summary evidence) {
    this(sample, score, threshold, detector, view, evidence, new Finding.Distance());
  }
}
