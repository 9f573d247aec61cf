package io.thalweg.node;

import io.thalweg.domain.stats.Statistics;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Which statistics a stream keeps, {@code statistics}, and their parameters. */
final class StatisticsSettings {

  /** These are always told. */
  private static final Set<String> BASIC =
      Set.of("count", "sum", "mean", "variance", "sample-variance", "deviation", "min", "max");

  private static final Set<String> FURTHER =
      Set.of("first", "last", "rate", "skewness", "kurtosis", "quantiles", "ewma");

  private StatisticsSettings() {}

  /**
   * Reads them.
   *
   * @param own what the stream itself says
   * @param stream the same over the defaults
   */
  static Statistics from(Section own, Section stream) {
    Set<String> asked = new TreeSet<>(stream.texts("statistics"));
    for (String name : asked) {
      if (!BASIC.contains(name) && !FURTHER.contains(name)) {
        throw stream.wrong(
            "statistics",
            "there is no '"
                + name
                + "'; known are "
                + new TreeSet<>(BASIC)
                + new TreeSet<>(FURTHER));
      }
    }
    refuseUnused(own, asked, "quantiles", "quantiles");
    refuseUnused(own, asked, "quantiles-relative-error", "quantiles");
    refuseUnused(own, asked, "ewma-half-life", "ewma");
    return stream.checked(
        () ->
            new Statistics(
                asked.contains("first") || asked.contains("last"),
                asked.contains("rate"),
                asked.contains("skewness") || asked.contains("kurtosis"),
                asked.contains("quantiles") ? Optional.of(quantiles(stream)) : Optional.empty(),
                asked.contains("ewma")
                    ? OptionalLong.of(stream.nanos("ewma-half-life", Duration.ofMillis(1)))
                    : OptionalLong.empty()));
  }

  private static Statistics.Quantiles quantiles(Section stream) {
    try {
      return new Statistics.Quantiles(
          stream.numbers("quantiles"), stream.number("quantiles-relative-error"));
    } catch (IllegalArgumentException refused) {
      throw stream.wrong("quantiles", String.valueOf(refused.getMessage()));
    }
  }

  /** A parameter of something that was not asked for would be passed over in silence. */
  private static void refuseUnused(Section own, Set<String> asked, String key, String statistic) {
    if (own.has(key) && !asked.contains(statistic)) {
      throw own.wrong(key, "is set, but statistics does not ask for " + statistic);
    }
  }
}
