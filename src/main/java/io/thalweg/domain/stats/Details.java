package io.thalweg.domain.stats;

import io.thalweg.domain.sample.Sample;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is told of a set of samples beside the basic statistics: as much of it as {@link Statistics}
 * asks for.
 *
 * @param first the sample with the smallest event time; of several the first to arrive
 * @param last the sample with the largest event time; of several the last to arrive
 * @param ratePerSecond empty where it is not asked for, or the samples span no time
 * @param shape how the values lie around their mean
 * @param quantiles by ascending rank
 * @param decayed exponentially weighted statistics at the last sample's time
 */
public record Details(
    Optional<Sample> first,
    Optional<Sample> last,
    OptionalDouble ratePerSecond,
    Optional<Shape> shape,
    List<Quantile> quantiles,
    Optional<Decayed> decayed) {

  /** Nothing beside the basic statistics. */
  public static final Details NONE =
      new Details(
          Optional.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty());

  public Details {
    quantiles = List.copyOf(quantiles);
  }

  /**
   * Of the population; both 0 where the values are all but equal.
   *
   * @param skewness m3 ÷ m2^1.5
   * @param kurtosis m4 ÷ m2², in excess of the normal distribution's 3
   */
  public record Shape(double skewness, double kurtosis) {}

  /**
   * A value of which a part {@code rank} of all values is not above it.
   *
   * @param value with the relative error that was asked for
   */
  public record Quantile(double rank, double value) {}

  /** Mean and variance with weights that halve with each half-life. */
  public record Decayed(double mean, double variance) {}
}
