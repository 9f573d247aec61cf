package io.thalweg.domain.detect;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.Summary;
import java.util.Optional;

/**
 * By the distance from an exponentially weighted mean in exponentially weighted deviations, with
 * the same bounds as {@link Detector.ZScore}. It remembers four numbers, however far back they
 * reach. A sample that was found out of the ordinary is learnt like any other.
 *
 * <p>Values beyond 1e150 count as that, so that squares stay finite.
 */
final class EwmaDetector implements Detector {
  private static final double VALUE_MAX = 1e150;
  private static final int NUMBERS = Ewma.NUMBERS + 2;

  private final DetectorDefinition.Ewma definition;
  private final MemoryFold memory;
  private final Ewma values;
  private double min;
  private double max;

  EwmaDetector(DetectorDefinition.Ewma definition, DetectorMemory before) {
    if (!before.isEmpty() && before.size() != NUMBERS) {
      throw new IllegalArgumentException(
          "an ewma remembers " + NUMBERS + " numbers, not " + before.size());
    }
    this.definition = definition;
    memory = new MemoryFold(before, NUMBERS);
    Cursor from = new Cursor(memory);
    values = new Ewma(definition.alpha(), from);
    min = from.next();
    max = from.next();
  }

  @Override
  public Optional<Anomaly> judge(long timeNanos, double sample, LiveSummary window) {
    double value = Math.max(-VALUE_MAX, Math.min(VALUE_MAX, sample));
    double score = Detector.ZScore.score(value - values.mean(), values.mean(), values.variance());
    boolean found = values.count() >= definition.minSamples() && score > definition.threshold();
    Optional<Anomaly> anomaly =
        found ? Optional.of(anomaly(new Sample(timeNanos, sample), score)) : Optional.empty();
    min = values.count() == 0 ? value : Math.min(min, value);
    max = values.count() == 0 ? value : Math.max(max, value);
    values.learn(value);
    return anomaly;
  }

  @Override
  public DetectorMemory freeze() {
    Cursor to = new Cursor(memory);
    values.store(to);
    to.put(min);
    to.put(max);
    return memory.freeze();
  }

  private Anomaly anomaly(Sample sample, double score) {
    Summary evidence =
        Evidence.weighted((long) values.count(), values.mean(), values.variance(), min, max);
    return new Anomaly(
        sample,
        score,
        definition.threshold(),
        definition.name(),
        sample.value() > values.mean() ? "high" : "low",
        evidence);
  }
}
