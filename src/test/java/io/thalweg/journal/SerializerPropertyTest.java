package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.Extras;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.stats.Total;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SerializerPropertyTest {
  private static final String[] TEXTS = {"", "a|b", "../x", "ä𝄞", "אב", "\0"};

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void eventsComeBackBitForBit() throws Exception {
    KeyEventSerializer serializer = new KeyEventSerializer();
    for (int i = 0; i < 2_000; i++) {
      KeyEvent event = event();
      Object back = serializer.fromBinary(serializer.toBinary(event), serializer.manifest(event));
      assertThat(KeyDataEquality.same(event, (KeyEvent) back)).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void snapshotsComeBackBitForBit() throws Exception {
    KeySnapshotSerializer serializer = new KeySnapshotSerializer();
    for (int i = 0; i < 2_000; i++) {
      KeySnapshot snapshot = snapshot();
      assertThat(
              serializer.fromBinary(serializer.toBinary(snapshot), serializer.manifest(snapshot)))
          .as("seed %d", seed)
          .isEqualTo(snapshot);
    }
  }

  private KeyEvent event() {
    return new KeyEvent.Recorded(
        switch (random.nextInt(3)) {
          case 0 -> Optional.empty();
          case 1 -> Optional.of(KeyData.COUNT);
          default -> Optional.of(KeyData.TIME);
        },
        time(),
        some(this::batch),
        some(this::outcome));
  }

  private KeyBatch batch() {
    int size = random.nextInt(20);
    String producer = text();
    long sequence = producer.isEmpty() ? 0 : 1 + (random.nextLong() >>> 2);
    return new KeyBatch(producer, sequence, times(size), values(size));
  }

  private Outcome outcome() {
    return switch (random.nextInt(3)) {
      case 0 -> new Outcome.WindowClosed(window());
      case 1 ->
          new Outcome.AnomalyRaised(
              new Anomaly(sample(), value(), value(), text(), text(), summary()));
      default -> new Outcome.LateSample(sample());
    };
  }

  private KeySnapshot snapshot() {
    int size = random.nextInt(20);
    WindowSnapshot window =
        random.nextBoolean()
            ? new WindowSnapshot.SlidingCount(
                value(), random.nextInt(size + 1), times(size), values(size))
            : new WindowSnapshot.Hopping(
                time(),
                value(),
                time(),
                some(() -> new WindowSnapshot.Slice(time(), new Aggregate(total(), Extras.NONE))),
                List.of(),
                random.nextBoolean() ? Optional.of(window()) : Optional.empty());
    return new KeySnapshot(
        random.nextBoolean() ? KeyData.COUNT : KeyData.TIME,
        random.nextLong(),
        time(),
        time(),
        total(),
        random.nextLong(),
        random.nextLong(),
        random.nextBoolean() ? Optional.of(sample()) : Optional.empty(),
        some(
            () ->
                new KeySnapshot.Producer(
                    "p" + text(), 1 + random.nextInt(1_000), random.longs(4).toArray())),
        List.of(window));
  }

  private Window window() {
    return new Window(text(), time(), time(), random.nextBoolean(), random.nextInt(9), summary());
  }

  private Summary summary() {
    return new Summary(random.nextLong(), value(), value(), value(), value(), value(), value());
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

  private <T> List<T> some(Supplier<T> one) {
    return Stream.generate(one).limit(random.nextInt(4)).toList();
  }
}
