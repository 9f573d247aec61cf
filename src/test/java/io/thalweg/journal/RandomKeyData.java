package io.thalweg.journal;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.detect.Finding;
import io.thalweg.domain.key.DetectorSnapshot;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.AggregateFold;
import io.thalweg.domain.stats.DecayedMoments;
import io.thalweg.domain.stats.Details;
import io.thalweg.domain.stats.Ends;
import io.thalweg.domain.stats.Extras;
import io.thalweg.domain.stats.HigherMoments;
import io.thalweg.domain.stats.QuantileSketch;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.stats.Total;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Events and snapshots of any kind, with values at the ends of their ranges among them. */
final class RandomKeyData {
  private static final String[] TEXTS = {"", "a|b", "../x", "ä𝄞", "אב", "\0"};

  private final Random random;

  RandomKeyData(Random random) {
    this.random = random;
  }

  KeyEvent event() {
    Optional<StreamDefinition> definition = maybe(this::definition);
    return random.nextInt(4) == 0
        ? new KeyEvent.Idled(definition, time(), some(this::outcome))
        : recorded(definition);
  }

  KeyEvent.Recorded recorded() {
    return recorded(maybe(this::definition));
  }

  private KeyEvent.Recorded recorded(Optional<StreamDefinition> definition) {
    long arrivalNanos = random.nextInt(8) == 0 ? 0 : time();
    return new KeyEvent.Recorded(definition, arrivalNanos, some(this::batch), some(this::outcome));
  }

  private StreamDefinition definition() {
    return new RandomDefinition(random).next();
  }

  private KeyBatch batch() {
    int size = random.nextInt(20);
    String producer = text();
    long sequence = producer.isEmpty() ? 0 : 1 + (random.nextLong() >>> 2);
    return new KeyBatch(producer, sequence, times(size), values(size));
  }

  private Outcome outcome() {
    return switch (random.nextInt(4)) {
      case 0 -> new Outcome.WindowClosed(window());
      case 1 -> new Outcome.WindowUpdated(window());
      case 2 -> new Outcome.AnomalyRaised(anomaly());
      default -> new Outcome.LateSample(sample());
    };
  }

  private Anomaly anomaly() {
    Finding finding =
        switch (random.nextInt(4)) {
          case 0 -> new Finding.Distance();
          case 1 -> new Finding.OutOfRange(value(), value(), random.nextLong());
          case 2 -> new Finding.Unusual(value(), value(), value(), random.nextInt(100));
          default -> new Finding.OverLimit(value());
        };
    return new Anomaly(sample(), value(), value(), text(), text(), summary(), finding);
  }

  KeySnapshot snapshot() {
    return new KeySnapshot(
        definition(),
        random.nextLong(),
        time(),
        time(),
        total(),
        random.nextLong(),
        random.nextLong(),
        maybe(this::sample),
        some(
            () ->
                new KeySnapshot.Producer(
                    "p" + text(), 1 + random.nextInt(1_000), random.longs(4).toArray())),
        some(this::windowState),
        maybe(this::anomaly),
        maybe(() -> new DetectorSnapshot(text(), values(random.nextInt(1_000)))));
  }

  private WindowSnapshot windowState() {
    int size = random.nextInt(20);
    return switch (random.nextInt(4)) {
      case 0 ->
          new WindowSnapshot.SlidingCount(
              value(), random.nextInt(size + 1), times(size), values(size));
      case 1 ->
          new WindowSnapshot.Hopping(
              time(),
              value(),
              time(),
              some(() -> new WindowSnapshot.Slice(time(), aggregate())),
              some(() -> new WindowSnapshot.Revision(time(), random.nextInt())),
              maybe(this::window));
      case 2 ->
          new WindowSnapshot.Sessions(
              time(),
              some(() -> new WindowSnapshot.Session(time(), time(), random.nextInt(), aggregate())),
              maybe(this::window));
      default -> new WindowSnapshot.Running(time(), time(), aggregate(), maybe(this::window));
    };
  }

  private Aggregate aggregate() {
    return new Aggregate(
        total(),
        new Extras(
            maybe(() -> new Ends(sample(), sample())),
            maybe(
                () ->
                    new HigherMoments(
                        random.nextLong(), value(), value(), value(), value(), value())),
            maybe(() -> new DecayedMoments(time(), value(), value(), value(), value())),
            random.nextBoolean() ? sketch() : Optional.empty()));
  }

  private Optional<QuantileSketch> sketch() {
    Statistics statistics =
        new Statistics(
            false,
            false,
            false,
            Optional.of(new Statistics.Quantiles(List.of(0.5), 0.05)),
            OptionalLong.empty());
    AggregateFold fold = Aggregate.EMPTY.fold(statistics);
    random.doubles(1 + random.nextInt(9), -1e9, 1e9).forEach(value -> fold.add(0, value));
    return fold.aggregate().extras().sketch();
  }

  private Window window() {
    return new Window(text(), time(), time(), random.nextBoolean(), random.nextInt(9), summary());
  }

  private Summary summary() {
    return new Summary(
        random.nextLong(),
        value(),
        value(),
        value(),
        value(),
        value(),
        value(),
        new Details(
            maybe(this::sample),
            maybe(this::sample),
            random.nextBoolean() ? OptionalDouble.of(value()) : OptionalDouble.empty(),
            maybe(() -> new Details.Shape(value(), value())),
            some(() -> new Details.Quantile(value(), value())),
            maybe(() -> new Details.Decayed(value(), value()))));
  }

  private Total total() {
    return new Total(
        random.nextLong(), value(), value(), value(), value(), value(), value(), value());
  }

  private Sample sample() {
    double value = value();
    return new Sample(time(), Double.isFinite(value) ? value : -0.0);
  }

  private long[] times(int size) {
    return random.longs(size).map(ignored -> time()).toArray();
  }

  private double[] values(int size) {
    return random.doubles(size).map(ignored -> value()).toArray();
  }

  private long time() {
    return switch (random.nextInt(5)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      case 2 -> -random.nextInt(1_000);
      default -> 1_700_000_000_000_000_000L + random.nextInt();
    };
  }

  private double value() {
    return switch (random.nextInt(5)) {
      case 0 -> -0.0;
      case 1 -> Double.longBitsToDouble(0x7ff8_0000_0000_1234L);
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> Double.MIN_VALUE;
      default -> random.nextGaussian();
    };
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private <T> Optional<T> maybe(Supplier<T> one) {
    return random.nextBoolean() ? Optional.of(one.get()) : Optional.empty();
  }

  private <T> List<T> some(Supplier<T> one) {
    return Stream.generate(one).limit(random.nextInt(4)).toList();
  }
}
