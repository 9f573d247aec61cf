package io.thalweg.simulation;

import static io.thalweg.simulation.Scheduler.MILLI;
import static io.thalweg.simulation.Scheduler.SECOND;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How large a run is and what goes wrong in it, all by chance.
 *
 * @param faultyNanos for so long things go wrong
 * @param nemesisEveryNanos between two deeds of the nemesis, on the average
 */
record Plan(
    int nodes,
    int shards,
    int keys,
    int producers,
    int wildProducers,
    int batches,
    int inFlight,
    int sharesPerDelivery,
    int snapshotEvery,
    int knownKeysMax,
    boolean retention,
    double lostMessages,
    double doubledMessages,
    double brokenCalls,
    double slowMessages,
    double failedStatements,
    double pausedStatements,
    double lostSnapshots,
    double lateSnapshots,
    long faultyNanos,
    long nemesisEveryNanos,
    List<StreamDefinition> definitions) {

  static final String STREAM = "s";

  static Plan of(RandomGenerator random) {
    int producersMax = random.nextInt(4) == 0 ? random.nextInt(1, 4) : 64;
    boolean quiet = random.nextInt(10) == 0;
    double rate = quiet ? 0 : random.nextDouble() * 0.15;
    return new Plan(
        random.nextInt(2, 5),
        random.nextInt(1, 4),
        random.nextInt(1, 4),
        random.nextInt(1, 4),
        random.nextInt(0, 3),
        random.nextInt(4, 24),
        random.nextInt(1, 12),
        random.nextInt(1, 10),
        random.nextInt(1, 8),
        random.nextInt(1, 5),
        random.nextBoolean(),
        rate * random.nextDouble(),
        rate * random.nextDouble(),
        rate * random.nextDouble() * 0.5,
        rate * random.nextDouble(),
        rate * random.nextDouble(),
        rate * random.nextDouble(),
        random.nextDouble() * 0.5,
        random.nextDouble() * 0.7,
        random.nextLong(1, 20) * SECOND,
        quiet ? 3600 * SECOND : random.nextLong(50, 1_500) * MILLI,
        List.of(definition(random, producersMax), definition(random, producersMax)));
  }

  private static StreamDefinition definition(RandomGenerator random, int producersMax) {
    WindowDefinition window =
        switch (random.nextInt(4)) {
          case 0 -> new WindowDefinition.SlidingCount(random.nextInt(1, 8));
          case 1 -> new WindowDefinition.Hopping(10 * SECOND, 5 * SECOND, 0);
          case 2 -> new WindowDefinition.Session(2 * SECOND);
          default -> new WindowDefinition.TumblingCount(random.nextInt(1, 6));
        };
    Optional<WindowDetector> detector =
        random.nextBoolean()
            ? Optional.of(new WindowDetector("w", new DetectorDefinition.ZScore(2, 3)))
            : Optional.empty();
    return new StreamDefinition(
        STREAM,
        List.of(new NamedWindow("w", window)),
        detector,
        new TimeRules(random.nextLong(3) * SECOND, 0, random.nextLong(2) * 3 * SECOND, 60 * SECOND),
        producersMax,
        Statistics.BASIC);
  }
}
