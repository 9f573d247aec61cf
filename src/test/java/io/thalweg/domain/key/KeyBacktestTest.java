package io.thalweg.domain.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that have lived through random batches, late samples and silence, folded once more. */
class KeyBacktestTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long TIMEOUT = 30 * SECOND;
  private static final WindowDetector MINUTE =
      new WindowDetector("minute", new DetectorDefinition.ZScore(2.5, 8));

  /** The journal of a key, and all that came with each of its events. */
  private record Life(List<KeyEvent> events, List<KeyState> states) {
    List<Anomaly> anomalies() {
      return events.stream()
          .flatMap(event -> event.outcomes().stream())
          .filter(Outcome.AnomalyRaised.class::isInstance)
          .map(outcome -> ((Outcome.AnomalyRaised) outcome).anomaly())
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void itsOwnDefinitionsRaiseAllAlertsAgainFromAnySnapshotOn(long seed) {
    StreamDefinition first = definition(MINUTE, 20, TIMEOUT, ZoneOffset.UTC);
    StreamDefinition second = definition(surprise(2), 40, TIMEOUT, ZoneOffset.UTC);
    Life life = live(seed, List.of(first, second, first), true);
    assertThat(life.anomalies()).hasSizeGreaterThan(10);
    assertThat(life.events()).anyMatch(KeyEvent.Idled.class::isInstance);
    for (int cut = 0; cut < life.events().size(); cut += 37) {
      KeyState start =
          cut == 0
              ? KeyState.empty(second)
              : KeyState.restore(life.states().get(cut - 1).snapshot());
      KeyBacktest backtest = new KeyBacktest(start, Optional.empty());
      assertThat(backtest.isDetectorNew()).isFalse();
      List<AlertChange> changes = run(backtest, life.events().subList(cut, life.events().size()));
      assertThat(changes).as("from " + cut).allMatch(AlertChange::stays);
      assertThat(changes).as("from " + cut).noneMatch(AlertChange::differs);
    }
  }

  /** What appears and stays is what the key would have raised had it lived with it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anotherDefinitionRaisesWhatItWouldHaveRaisedLive(long seed) {
    StreamDefinition own = definition(MINUTE, 20, TIMEOUT, ZoneOffset.UTC);
    List<StreamDefinition> others =
        List.of(
            definition(surprise(2), 20, TIMEOUT, ZoneOffset.UTC),
            definition(MINUTE, 7, TIMEOUT, ZoneOffset.UTC),
            definition(MINUTE, 20, 2 * TIMEOUT, ZoneOffset.UTC),
            definition(
                new WindowDetector("minute", new DetectorDefinition.ZScore(2, 8)),
                20,
                0,
                ZoneId.of("Europe/Berlin")));
    Life life = live(seed, List.of(own), true);
    for (StreamDefinition other : others) {
      Life expected = live(seed, List.of(other), true);
      List<AlertChange> changes =
          run(new KeyBacktest(KeyState.empty(own), Optional.of(other)), life.events());
      assertThat(changes.stream().flatMap(change -> change.after().stream()).toList())
          .as(String.valueOf(other))
          .isEqualTo(expected.anomalies());
      assertThat(changes.stream().flatMap(change -> change.before().stream()).toList())
          .isEqualTo(life.anomalies());
    }
  }

  @Test
  void aDetectorThatIsAnotherKnowsNothingOfWhatIsGone() {
    StreamDefinition own = definition(surprise(3), 20, TIMEOUT, ZoneOffset.UTC);
    KeyState start = live(1, List.of(own), false).states().getLast();
    assertThat(isNew(start, own)).isFalse();
    assertThat(isNew(start, definition(surprise(3), 7, 0, ZoneOffset.UTC))).isFalse();
    assertThat(isNew(start, definition(surprise(4), 20, TIMEOUT, ZoneOffset.UTC))).isTrue();
    assertThat(isNew(start, definition(surprise(3), 20, TIMEOUT, ZoneId.of("Asia/Tokyo"))))
        .isTrue();
    assertThat(isNew(start, definition(MINUTE, 20, TIMEOUT, ZoneOffset.UTC))).isFalse();
    assertThat(isNew(start, definition(MINUTE, 7, TIMEOUT, ZoneOffset.UTC))).isTrue();
    assertThat(isNew(KeyState.empty(own), definition(surprise(4), 20, TIMEOUT, ZoneOffset.UTC)))
        .isFalse();
  }

  private static boolean isNew(KeyState start, StreamDefinition other) {
    return new KeyBacktest(start, Optional.of(other)).isDetectorNew();
  }

  private static List<AlertChange> run(KeyBacktest backtest, List<KeyEvent> events) {
    List<AlertChange> changes = new ArrayList<>();
    events.forEach(event -> changes.addAll(backtest.next(event)));
    return changes;
  }

  private static WindowDetector surprise(double threshold) {
    return WindowDetector.ofKey(
        new DetectorDefinition.Surprise(threshold, 0.05, 2000, 10, 3, 0, false));
  }

  private static StreamDefinition definition(
      WindowDetector detector, long windowSeconds, long idleTimeoutNanos, ZoneId zone) {
    return new StreamDefinition(
        "pumps",
        List.of(
            new NamedWindow("minute", new WindowDefinition.Tumbling(windowSeconds * SECOND, 0)),
            new NamedWindow("recent", new WindowDefinition.SlidingCount(10))),
        Optional.of(detector),
        new TimeRules(2 * SECOND, 0, idleTimeoutNanos, 60 * SECOND, zone),
        16,
        Statistics.BASIC);
  }

  /**
   * The same samples for the same seed, whatever the definitions.
   *
   * @param definitions one after the other
   * @param silence whether there is some, seen at once where it is longer than the timeout
   */
  private static Life live(long seed, List<StreamDefinition> definitions, boolean silence) {
    Random random = new Random(seed);
    Life life = new Life(new ArrayList<>(), new ArrayList<>());
    KeyState state = KeyState.empty(definitions.getFirst());
    long clock = 1_000_000 * SECOND;
    for (int i = 0; i < 300; i++) {
      StreamDefinition definition = definitions.get(i * definitions.size() / 300);
      boolean silent = silence && random.nextInt(8) == 0;
      clock += SECOND * (silent ? 45 : 1 + random.nextInt(8));
      state = add(state.decideIdle(definition, clock), life);
      List<KeyBatch> batches = new ArrayList<>();
      for (int b = 0; b <= random.nextInt(3); b++) {
        // After a silence often of a window that is open unless it was closed for the silence.
        batches.add(batch(random, silent && random.nextBoolean() ? clock - 44 * SECOND : clock));
      }
      state = add(state.decide(definition, batches, clock), life);
    }
    return life;
  }

  private static KeyState add(Decision decision, Life life) {
    decision
        .event()
        .ifPresent(
            event -> {
              life.events().add(event);
              life.states().add(decision.after());
            });
    return decision.after();
  }

  private static KeyBatch batch(Random random, long clock) {
    int size = 1 + random.nextInt(8);
    long[] times = new long[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = clock - SECOND * (random.nextInt(20) == 0 ? 60 : random.nextInt(3));
      values[i] = random.nextInt(5) + (random.nextInt(40) == 0 ? 20 : 0);
    }
    return new KeyBatch("", 0, times, values);
  }
}
