package io.thalweg.domain.detect;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Summary;

/**
 * A sample that a detector found out of the ordinary, and why.
 *
 * @param sample the sample
 * @param score how far out: a z-score, in standard deviations
 * @param threshold the score from which on a sample is an anomaly
 * @param detector the detector's name
 * @param view what it saw, in one word
 * @param evidence the window that the sample was judged against, without the sample
 */
public record Anomaly(
    Sample sample,
    double score,
    double threshold,
    String detector,
    String view,
    Summary evidence) {}
