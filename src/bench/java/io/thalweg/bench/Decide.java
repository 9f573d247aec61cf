package io.thalweg.bench;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an event of {@value GatheredBatches#BATCHES} batches of one sample costs a key that decides:
 * deduplication, a sliding count of 100 with a z-score, the event and the state after it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class Decide {
  private static final StreamDefinition COUNTING =
      new StreamDefinition(
          "s",
          List.of(new NamedWindow("w", new WindowDefinition.SlidingCount(100))),
          Optional.of(new WindowDetector("w", new DetectorDefinition.ZScore(5, 30))),
          new TimeRules(0, 0, 0, 0),
          16,
          Statistics.BASIC);
  private static final int ROUNDS_BEFORE = 16;

  /** Ten thousand of them do not fit into a processor's cache. */
  @Param({"100", "10000"})
  public int keys;

  private final GatheredBatches batches = new GatheredBatches();
  private KeyState[] states = new KeyState[0];
  private int key;
  private long round;

  /** Fills the windows. */
  @Setup
  public void fill() {
    states = new KeyState[keys];
    Arrays.fill(states, KeyState.empty(COUNTING));
    while (round < ROUNDS_BEFORE) {
      decide();
    }
  }

  /** One event of the next key. */
  @Benchmark
  public Decision decide() {
    Decision decision = states[key].decide(COUNTING, batches.next(round), 0);
    states[key] = decision.after();
    key++;
    if (key == keys) {
      key = 0;
      round++;
    }
    return decision;
  }
}
