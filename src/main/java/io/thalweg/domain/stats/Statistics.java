package io.thalweg.domain.stats;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which statistics a stream keeps beside those that a {@link Summary} always has. What is not asked
 * for costs neither time nor memory.
 *
 * @param ends the first and the last sample by event time
 * @param rate samples per second
 * @param shape skewness and kurtosis
 * @param quantiles which ones, and how exactly; empty: none
 * @param halfLifeNanos of the exponentially weighted mean and variance, in event time; at least 1
 *     ms; empty: none
 */
public record Statistics(
    boolean ends,
    boolean rate,
    boolean shape,
    Optional<Quantiles> quantiles,
    OptionalLong halfLifeNanos) {

  /** None beside the basic ones. */
  public static final Statistics BASIC =
      new Statistics(false, false, false, Optional.empty(), OptionalLong.empty());

  public Statistics {
    if (halfLifeNanos.isPresent() && halfLifeNanos.getAsLong() < 1_000_000) {
      throw new IllegalArgumentException(
          "a half-life is at least 1 ms: " + Duration.ofNanos(halfLifeNanos.getAsLong()));
    }
  }

  /** Whether anything has to be kept for them; a rate follows from what is known anyway. */
  public boolean keepsExtras() {
    return ends || shape || quantiles.isPresent() || halfLifeNanos.isPresent();
  }

  /**
   * Quantiles to be told.
   *
   * @param ranks each from 0 to 1, ascending; 1 to {@value #RANKS_MAX} of them
   * @param relativeError how far a told value may be from a true one, as a part of that one's size;
   *     from 0.001 to 0.1
   */
  public record Quantiles(List<Double> ranks, double relativeError) {
    public static final int RANKS_MAX = 32;

    public Quantiles {
      ranks = List.copyOf(ranks);
      if (ranks.isEmpty() || ranks.size() > RANKS_MAX) {
        throw new IllegalArgumentException(
            "there are 1 to " + RANKS_MAX + " quantiles: " + ranks.size());
      }
      double before = -1;
      for (double rank : ranks) {
        if (!(rank > before && rank >= 0 && rank <= 1)) {
          throw new IllegalArgumentException("quantiles ascend from 0 to 1: " + ranks);
        }
        before = rank;
      }
      if (!(relativeError >= 0.001 && relativeError <= 0.1)) {
        throw new IllegalArgumentException(
            "a quantile's relative error is 0.001 to 0.1: " + relativeError);
      }
    }
  }
}
