package io.thalweg.domain.stats;

import java.util.Optional;

/**
 * What is kept for the statistics beside the basic ones: a monoid, of which {@link #NONE} is the
 * neutral element. Nothing of it can be subtracted.
 *
 * @param ends where they are asked for and there is a sample; so are the others
 * @param moments for the shape
 * @param decayed for the exponentially weighted ones
 * @param sketch for the quantiles
 */
public record Extras(
    Optional<Ends> ends,
    Optional<HigherMoments> moments,
    Optional<DecayedMoments> decayed,
    Optional<QuantileSketch> sketch) {

  /** Of no samples, or where nothing is asked for. */
  public static final Extras NONE =
      new Extras(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Merges those of samples that arrived later. */
  public Extras plus(Extras that, Statistics statistics) {
    if (this == NONE) {
      return that;
    }
    if (that == NONE) {
      return this;
    }
    long halfLifeNanos = statistics.halfLifeNanos().orElse(1);
    return new Extras(
        both(ends, that.ends, Ends::plus),
        both(moments, that.moments, HigherMoments::plus),
        both(decayed, that.decayed, (a, b) -> a.plus(b, halfLifeNanos)),
        both(sketch, that.sketch, QuantileSketch::plus));
  }

  private static <T> Optional<T> both(
      Optional<T> a, Optional<T> b, java.util.function.BinaryOperator<T> plus) {
    if (a.isEmpty()) {
      return b;
    }
    return b.isEmpty() ? a : Optional.of(plus.apply(a.get(), b.get()));
  }
}
