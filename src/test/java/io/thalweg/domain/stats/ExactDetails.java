package io.thalweg.domain.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.sample.Sample;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import org.assertj.core.data.Offset;

/** The oracle of what is told beside the basic statistics. */
public record ExactDetails(List<Sample> samples, Statistics statistics) {
  private static final MathContext DIGITS = new MathContext(80);

  public void assertMatches(Details told) {
    if (samples.isEmpty() || !statistics.keepsExtras()) {
      assertThat(told.first()).isEmpty();
      assertThat(told.shape()).isEmpty();
      assertThat(told.quantiles()).isEmpty();
      assertThat(told.decayed()).isEmpty();
      return;
    }
    assertEnds(told);
    assertShape(told.shape().orElseThrow());
    assertQuantiles(told.quantiles());
    assertDecayed(told.decayed().orElseThrow());
  }

  private void assertEnds(Details told) {
    Comparator<Sample> byTime = Comparator.comparingLong(Sample::timeNanos);
    long first = samples.stream().min(byTime).orElseThrow().timeNanos();
    long last = samples.stream().max(byTime).orElseThrow().timeNanos();
    assertThat(samples).contains(told.first().orElseThrow(), told.last().orElseThrow());
    assertThat(told.first().orElseThrow().timeNanos()).isEqualTo(first);
    assertThat(told.last().orElseThrow().timeNanos()).isEqualTo(last);
  }

  private void assertShape(Details.Shape told) {
    double m2 = moment(2);
    if (m2 == 0) {
      assertThat(told).isEqualTo(new Details.Shape(0, 0));
      return;
    }
    double skewness = moment(3) / Math.pow(m2, 1.5);
    double kurtosis = moment(4) / (m2 * m2) - 3;
    assertThat(told.skewness()).isCloseTo(skewness, near(1 + Math.abs(skewness)));
    assertThat(told.kurtosis()).isCloseTo(kurtosis, near(3 + Math.abs(kurtosis)));
  }

  private double moment(int power) {
    BigDecimal n = BigDecimal.valueOf(samples.size());
    BigDecimal mean =
        samples.stream()
            .map(s -> new BigDecimal(s.value()))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(n, DIGITS);
    BigDecimal sum =
        samples.stream()
            .map(s -> new BigDecimal(s.value()).subtract(mean).pow(power, DIGITS))
            .reduce(BigDecimal.ZERO, (a, b) -> a.add(b, DIGITS));
    double moment = sum.divide(n, DIGITS).doubleValue();
    return Math.abs(moment) < 1e-100 ? 0 : moment;
  }

  private void assertQuantiles(List<Details.Quantile> told) {
    Statistics.Quantiles asked = statistics.quantiles().orElseThrow();
    double[] sorted = samples.stream().mapToDouble(Sample::value).sorted().toArray();
    assertThat(told).extracting(Details.Quantile::rank).isEqualTo(asked.ranks());
    for (Details.Quantile quantile : told) {
      double exact = sorted[(int) (quantile.rank() * (sorted.length - 1))];
      double error = asked.relativeError() * Math.abs(exact) * (1 + 1e-9);
      assertThat(quantile.value()).isCloseTo(exact, Offset.offset(Math.max(error, 1e-300)));
    }
  }

  private void assertDecayed(Details.Decayed told) {
    double halfLife = statistics.halfLifeNanos().orElseThrow();
    long last = samples.stream().mapToLong(Sample::timeNanos).max().orElseThrow();
    BigDecimal weights = BigDecimal.ZERO;
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (Sample sample : samples) {
      BigDecimal x = new BigDecimal(sample.value());
      BigDecimal weight = new BigDecimal(Math.pow(2, -(last - sample.timeNanos()) / halfLife));
      weights = weights.add(weight);
      sum = sum.add(weight.multiply(x));
      squares = squares.add(weight.multiply(x).multiply(x));
    }
    BigDecimal mean = sum.divide(weights, DIGITS);
    double variance = squares.divide(weights, DIGITS).subtract(mean.multiply(mean)).doubleValue();
    double deviation = Math.sqrt(Math.max(0, variance));
    double scale = Math.abs(mean.doubleValue()) + deviation;
    assertThat(told.mean()).isCloseTo(mean.doubleValue(), near(scale));
    assertThat(told.variance()).isCloseTo(Math.max(0, variance), near(Math.max(1e-9, variance)));
  }

  private static Offset<Double> near(double scale) {
    return Offset.offset(1e-9 * scale);
  }
}
