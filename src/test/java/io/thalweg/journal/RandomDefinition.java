package io.thalweg.journal;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.Emission;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Definitions of streams with any windows, rules and statistics. */
final class RandomDefinition {
  private static final long MILLI = 1_000_000L;

  private final Random random;

  RandomDefinition(Random random) {
    this.random = random;
  }

  StreamDefinition next() {
    List<NamedWindow> windows = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      windows.add(new NamedWindow("w-" + i, window(), emission()));
    }
    return new StreamDefinition(
        "s." + random.nextInt(100),
        windows,
        detector(windows.getLast().name()),
        new TimeRules(duration(), duration(), duration(), duration(), zone()),
        1 + random.nextInt(65_536),
        statistics());
  }

  private Optional<WindowDetector> detector(String window) {
    double threshold = 0.001 + random.nextDouble();
    int samples = 2 + random.nextInt(100);
    return switch (random.nextInt(5)) {
      case 0 -> Optional.empty();
      case 1 ->
          Optional.of(
              new WindowDetector(window, new DetectorDefinition.ZScore(threshold, samples)));
      case 2 ->
          Optional.of(
              WindowDetector.ofKey(
                  new DetectorDefinition.Ewma(random.nextDouble(0.001, 1), threshold, samples)));
      case 3 ->
          Optional.of(
              WindowDetector.ofKey(
                  new DetectorDefinition.Threshold(
                      random.nextBoolean() ? Double.POSITIVE_INFINITY : threshold,
                      -random.nextDouble())));
      default ->
          Optional.of(
              WindowDetector.ofKey(
                  new DetectorDefinition.Surprise(
                      threshold,
                      random.nextDouble(),
                      samples,
                      random.nextInt(1_000),
                      random.nextDouble(),
                      random.nextInt(100),
                      random.nextBoolean())));
    };
  }

  private ZoneId zone() {
    return switch (random.nextInt(3)) {
      case 0 -> ZoneId.of("Europe/Berlin");
      case 1 -> ZoneOffset.ofHoursMinutes(5, 45);
      default -> ZoneOffset.UTC;
    };
  }

  private WindowDefinition window() {
    return switch (random.nextInt(6)) {
      case 0 -> new WindowDefinition.Tumbling(10 * MILLI, random.nextInt(10) * MILLI);
      case 1 -> {
        long slide = MILLI + random.nextInt(1_000);
        yield new WindowDefinition.Hopping(
            slide * (1 + random.nextInt(1_000)), slide, random.nextInt((int) slide));
      }
      case 2 -> new WindowDefinition.Session(MILLI + duration() / 2);
      case 3 -> new WindowDefinition.TumblingCount(1 + duration() / 2);
      case 4 -> new WindowDefinition.SlidingCount(1 + random.nextInt(1_000_000));
      default -> new WindowDefinition.Total();
    };
  }

  private Emission emission() {
    return switch (random.nextInt(3)) {
      case 0 -> Emission.OnClose.INSTANCE;
      case 1 -> Emission.EveryBatch.INSTANCE;
      default -> new Emission.Every(MILLI + duration() / 2);
    };
  }

  private Statistics statistics() {
    return new Statistics(
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new Statistics.Quantiles(
                    List.of(0.0, random.nextDouble(0.1, 0.9), 1.0), random.nextDouble(0.001, 0.1))),
        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(MILLI + duration() / 2));
  }

  private long duration() {
    return random.nextBoolean() ? 0 : random.nextLong(Long.MAX_VALUE);
  }
}
