package io.thalweg.domain.detect;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.Summary;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Several views look at the same samples; each turns what it sees into a surprise, −log10 of the
 * chance of seeing it. The largest one counts, and names the alert: see {@link RangeView}, {@link
 * ShiftView}, {@link SpreadView}, {@link SeasonView}, {@link PatternView}, and {@link SpikeView}
 * where it is asked for. {@link Alerts} decides which surprises are told of.
 *
 * <p>Every view scores a sample before it learns it. Nothing looks ahead; the work for a sample and
 * the memory of a key are bounded, 8.5 KiB at most. Rounding is the same on all JVMs: {@link
 * Math#sqrt} is exact, and logarithms are those of {@link StrictMath}.
 *
 * <p>Values beyond 1e150 count as that, so that squares stay finite; no surprise is above 1e15.
 */
final class SurpriseDetector implements Detector {
  private static final double VALUE_MAX = 1e150;
  private static final double SURPRISE_MAX = 1e15;

  /** The memory's layout: the numbers of all parts, their slots, and the prototypes at the end. */
  private static final int BLOCKS_AT =
      Norm.NUMBERS
          + Alerts.NUMBERS
          + RangeView.NUMBERS
          + ShiftView.NUMBERS
          + SpreadView.NUMBERS
          + SeasonView.NUMBERS
          + PatternView.NUMBERS
          + SpikeView.NUMBERS;

  private static final int VALUES_AT = BLOCKS_AT + RangeView.SLOTS;
  private static final int SEASON_AT = VALUES_AT + SpreadView.SAMPLES;
  private static final int PROTOTYPES_AT = SEASON_AT + SeasonView.SLOTS;
  private static final int SIZE_MAX =
      PROTOTYPES_AT + PatternView.PROTOTYPES_MAX * PatternView.PROTOTYPE;

  private enum View {
    RANGE("range"),
    SHIFT("shift"),
    SPREAD("spread"),
    SEASON("season"),
    PATTERN("pattern"),
    SPIKE("spike");

    private final String word;

    View(String word) {
      this.word = word;
    }
  }

  private final DetectorDefinition.Surprise definition;
  private final TimeOfDay timeOfDay;
  private final MemoryFold memory;
  private final Norm norm;
  private final Alerts alerts;
  private final RangeView range;
  private final ShiftView shift;
  private final SpreadView spread;
  private final SeasonView season;
  private final PatternView pattern;
  private final SpikeView spike;
  private final Newest values;

  private double most;
  private View mostIn = View.RANGE;

  SurpriseDetector(DetectorDefinition.Surprise definition, ZoneId zone, DetectorMemory before) {
    check(before.size());
    this.definition = definition;
    timeOfDay = TimeOfDay.in(zone);
    memory = new MemoryFold(before, PROTOTYPES_AT);
    Cursor from = new Cursor(memory);
    norm = new Norm(from);
    alerts = new Alerts(definition, from);
    range = new RangeView(memory, from, BLOCKS_AT);
    shift = new ShiftView(from);
    spread = new SpreadView(from);
    season = new SeasonView(memory, from, SEASON_AT, norm.count());
    pattern = new PatternView(memory, from, PROTOTYPES_AT);
    spike = new SpikeView(from);
    values = new Newest(memory, VALUES_AT, SpreadView.SAMPLES, norm.count());
  }

  @Override
  public Optional<Anomaly> judge(long timeNanos, double sample, LiveSummary window) {
    double value = Math.max(-VALUE_MAX, Math.min(VALUE_MAX, sample));
    look(timeOfDay.part(timeNanos), value);
    double threshold = alerts.threshold();
    double surprise = Math.min(SURPRISE_MAX, most);
    Optional<Anomaly> anomaly =
        alerts.raise(surprise, norm.count())
            ? Optional.of(anomaly(new Sample(timeNanos, sample), surprise, threshold))
            : Optional.empty();
    norm.learn(value);
    return anomaly;
  }

  @Override
  public DetectorMemory freeze() {
    Cursor to = new Cursor(memory);
    norm.store(to);
    alerts.store(to);
    range.store(to);
    shift.store(to);
    spread.store(to);
    season.store(to);
    pattern.store(to);
    spike.store(to);
    return memory.freeze();
  }

  /** Asks all views; of equal surprises the first one counts. */
  private void look(int part, double value) {
    values.add(value);
    most = range.surprise(value, norm);
    mostIn = View.RANGE;
    compare(shift.surprise(values), View.SHIFT);
    compare(spread.surprise(values, norm), View.SPREAD);
    double single = definition.pointResidual() ? spike.surprise(part, value, season, norm) : 0;
    compare(season.surprise(part, value, norm), View.SEASON);
    compare(pattern.surprise(values, norm), View.PATTERN);
    compare(single, View.SPIKE);
  }

  private void compare(double surprise, View view) {
    if (surprise > most) {
      most = surprise;
      mostIn = view;
    }
  }

  private Anomaly anomaly(Sample sample, double surprise, double threshold) {
    long count = RangeView.samples(norm.count());
    Summary evidence =
        Evidence.weighted(count, norm.mean(), norm.variance(), range.min(), range.max());
    return new Anomaly(
        sample, surprise, threshold, definition.name(), mostIn.word, evidence, finding(count));
  }

  private Finding finding(long count) {
    return switch (mostIn) {
      case RANGE -> new Finding.OutOfRange(range.min(), range.max(), count);
      case SHIFT -> shift.finding();
      case SPREAD -> spread.finding();
      case SEASON -> season.finding();
      case PATTERN -> pattern.finding();
      case SPIKE -> spike.finding();
    };
  }

  private static void check(int numbers) {
    boolean known =
        numbers == 0
            || (numbers >= PROTOTYPES_AT
                && numbers <= SIZE_MAX
                && (numbers - PROTOTYPES_AT) % PatternView.PROTOTYPE == 0);
    if (!known) {
      throw new IllegalArgumentException(
          "a surprise remembers " + PROTOTYPES_AT + " to " + SIZE_MAX + " numbers, not " + numbers);
    }
  }
}
