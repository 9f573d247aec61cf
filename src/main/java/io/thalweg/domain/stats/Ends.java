package io.thalweg.domain.stats;

import io.thalweg.domain.sample.Sample;

/** The first and the last sample by event time: a monoid without its neutral element. */
public record Ends(Sample first, Sample last) {

  static Ends of(Sample only) {
    return new Ends(only, only);
  }

  /** With those of samples that arrived later; of equal times the first to arrive is first. */
  Ends plus(Ends that) {
    return new Ends(
        that.first.timeNanos() < first.timeNanos() ? that.first : first,
        that.last.timeNanos() >= last.timeNanos() ? that.last : last);
  }
}
