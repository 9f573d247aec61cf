package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thalweg.v1.Summary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What the totals of keys must be, by exact arithmetic on the doubles that were sent. */
final class Oracle {
  private static final MathContext DIGITS = new MathContext(60);
  private static final double RELATIVE = 1e-12;

  private final Map<String, Exact> keys = new HashMap<>();

  private static final class Exact {
    private long count;
    private BigDecimal sum = BigDecimal.ZERO;
    private BigDecimal squares = BigDecimal.ZERO;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
  }

  void add(String key, double value) {
    Exact exact = keys.computeIfAbsent(key, k -> new Exact());
    BigDecimal decimal = new BigDecimal(value);
    exact.count++;
    exact.sum = exact.sum.add(decimal);
    exact.squares = exact.squares.add(decimal.multiply(decimal));
    exact.min = Math.min(exact.min, value);
    exact.max = Math.max(exact.max, value);
  }

  Iterable<String> keys() {
    return keys.keySet();
  }

  void check(String key, Summary total) {
    Exact exact = Objects.requireNonNull(keys.get(key), key);
    BigDecimal count = BigDecimal.valueOf(exact.count);
    BigDecimal mean = exact.sum.divide(count, DIGITS);
    BigDecimal variance = exact.squares.divide(count, DIGITS).subtract(mean.multiply(mean), DIGITS);
    assertThat(total.getCount()).as("count of %s", key).isEqualTo(exact.count);
    close(key, "sum", total.getSum(), exact.sum);
    close(key, "mean", total.getMean(), mean);
    close(key, "variance", total.getVariance(), variance);
    assertThat(total.getMin()).as("min of %s", key).isEqualTo(exact.min);
    assertThat(total.getMax()).as("max of %s", key).isEqualTo(exact.max);
  }

  private static void close(String key, String what, double actual, BigDecimal exact) {
    double expected = exact.doubleValue();
    assertThat(actual)
        .as("%s of %s", what, key)
        .isCloseTo(expected, within(Math.abs(expected) * RELATIVE));
  }
}
