package io.thalweg.domain.detect;

import io.thalweg.domain.stats.Summary;

/** What a detector with a memory of its own knows of the samples before, as a summary. */
final class Evidence {
  private Evidence() {}

  /**
   * @param mean of weighted values, and so is the variance; the sum follows from it
   */
  static Summary weighted(long count, double mean, double variance, double min, double max) {
    double sampleVariance = count < 2 ? 0 : variance / (count - 1) * count;
    return new Summary(count, mean, variance, sampleVariance, min, max, mean * count);
  }
}
