package io.thalweg.domain.stats;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that is kept of a set of samples: a monoid, of which {@link #EMPTY} is the neutral element.
 *
 * @param total the basic statistics
 * @param extras the others, as far as they are asked for
 */
public record Aggregate(Total total, Extras extras) {

  /** Of no samples. */
  public static final Aggregate EMPTY = new Aggregate(Total.EMPTY, Extras.NONE);

  /** Merges that of samples that arrived later. */
  public Aggregate plus(Aggregate that, Statistics statistics) {
    return new Aggregate(total.plus(that.total), extras.plus(that.extras, statistics));
  }

  /** To add samples to it. */
  public AggregateFold fold(Statistics statistics) {
    return new AggregateFold(this, statistics);
  }

  /**
   * What is told of it.
   *
   * @param ratePerSecond told where it is asked for and finite
   */
  public Summary summary(Statistics statistics, double ratePerSecond) {
    return with(total.summary(), extras, statistics, ratePerSecond);
  }

  /** A basic summary with what else is asked for. */
  public static Summary with(
      Summary basic, Extras extras, Statistics statistics, double ratePerSecond) {
    if (basic.count() == 0 || (!statistics.rate() && extras == Extras.NONE)) {
      return basic;
    }
    return basic.with(
        new Details(
            extras.ends().map(Ends::first),
            extras.ends().map(Ends::last),
            statistics.rate() && Double.isFinite(ratePerSecond)
                ? OptionalDouble.of(ratePerSecond)
                : OptionalDouble.empty(),
            extras.moments().map(HigherMoments::shape),
            quantiles(extras.sketch(), statistics),
            extras.decayed().map(DecayedMoments::told)));
  }

  private static List<Details.Quantile> quantiles(
      Optional<QuantileSketch> sketch, Statistics statistics) {
    return sketch.isPresent() && statistics.quantiles().isPresent()
        ? sketch.get().quantiles(statistics.quantiles().get().ranks())
        : List.of();
  }
}
