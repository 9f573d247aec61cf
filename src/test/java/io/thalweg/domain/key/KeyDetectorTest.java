package io.thalweg.domain.key;

import static io.thalweg.domain.key.Definitions.SECOND;
import static io.thalweg.domain.key.KeyScenario.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.Randomized;
import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.detect.Finding;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Detectors that judge all samples of a key, in the key's state. */
final class KeyDetectorTest {
  private static final DetectorDefinition ABOVE_5 =
      new DetectorDefinition.Threshold(5, Double.NEGATIVE_INFINITY);
  private static final WindowDefinition TEN_SECONDS = new WindowDefinition.Tumbling(10 * SECOND, 0);
  private static final WindowDefinition ALL = new WindowDefinition.Total();

  @Test
  void aSampleThatNoWindowTakesIsNotJudged() {
    KeyScenario key = KeyScenario.given(stream(ABOVE_5, ZoneId.of("UTC"), TEN_SECONDS));
    key.when(batch("", 0, 0, 1), batch("", 0, 100, 1));
    key.when(batch("", 0, 1, 9)).thenOutcomes(new Outcome.LateSample(new Sample(SECOND, 9)));
    assertThat(key.state().anomalies()).isZero();
    assertThat(key.state().lastAnomaly()).isEmpty();
  }

  @Test
  void aSampleThatAWindowTakesIsJudgedOnce() {
    KeyScenario key = KeyScenario.given(stream(ABOVE_5, ZoneId.of("UTC"), TEN_SECONDS, ALL));
    key.when(batch("", 0, 0, 1), batch("", 0, 100, 1));
    key.when(batch("", 0, 1, 9));
    assertThat(key.outcomes()).hasSize(2);
    assertThat(key.outcomes())
        .anySatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        Outcome.AnomalyRaised.class,
                        raised ->
                            assertThat(raised.anomaly().finding())
                                .isEqualTo(new Finding.OverLimit(5))));
    assertThat(key.state().anomalies()).isEqualTo(1);
    assertThat(key.state().lastAnomaly().map(Anomaly::sample)).contains(new Sample(SECOND, 9));
  }

  @Test
  void theMemoryStaysWhereOnlyWindowsChange() {
    KeyScenario key = scenario(surprise(0.05), "UTC", ALL);
    double[] before = numbers(key);
    key.redefined(stream(surprise(0.05), ZoneId.of("UTC"), ALL, TEN_SECONDS));
    key.when(batch("", 0, 5_000, 1));
    assertThat(numbers(key)[0]).isEqualTo(before[0] + 1);
  }

  @Test
  void anotherDetectorOrZoneStartsAnew() {
    KeyScenario key = scenario(surprise(0.05), "UTC", ALL);
    key.redefined(stream(surprise(0.06), ZoneId.of("UTC"), ALL)).when(batch("", 0, 5_000, 1));
    assertThat(numbers(key)[0]).isEqualTo(1);
    key.when(batch("", 0, 5_001, 1));
    assertThat(numbers(key)[0]).isEqualTo(2);
    key.redefined(stream(surprise(0.06), ZoneId.of("Europe/Berlin"), ALL));
    key.when(batch("", 0, 5_002, 1));
    assertThat(numbers(key)[0]).isEqualTo(1);
    key.redefined(stream(new DetectorDefinition.Ewma(0.1, 3, 2), ZoneId.of("UTC"), ALL));
    key.when(batch("", 0, 5_003, 1));
    assertThat(numbers(key)).hasSize(5);
  }

  @Test
  void aSnapshotFromBeforeTheDetectorRememberedStartsItAnew() {
    KeySnapshot now = scenario(surprise(0.05), "UTC", ALL).state().snapshot();
    KeySnapshot old =
        new KeySnapshot(
            now.definition(),
            now.version(),
            now.timeMaxNanos(),
            now.arrivalNanos(),
            now.total(),
            now.late(),
            now.anomalies(),
            now.last(),
            now.producers(),
            now.windows());
    KeyState state = KeyState.restore(old);
    Decision next = state.decide(now.definition(), List.of(batch("", 0, 5_000, 1)), 0);
    assertThat(next.after().snapshot().detector().orElseThrow().numbers()[0]).isEqualTo(1);
  }

  @Test
  void aMemoryOfAnotherDetectorIsRefused() {
    KeySnapshot now = scenario(surprise(0.05), "UTC", ALL).state().snapshot();
    assertThatThrownBy(() -> KeyState.restore(with(now, "surprise/2", 700)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surprise/2");
    assertThatThrownBy(() -> KeyState.restore(with(now, "surprise/1", 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 7");
  }

  @Test
  void statesOfThePastGoOnAsTheyDid() {
    Randomized.rounds(20, KeyDetectorTest::story);
  }

  private static void story(RandomGenerator random) {
    StreamDefinition definition = stream(surprise(0.05), ZoneId.of("UTC"), ALL);
    KeyState[] states = new KeyState[40];
    KeyEvent[] events = new KeyEvent[40];
    states[0] = KeyState.empty(definition);
    for (int i = 0; i + 1 < states.length; i++) {
      KeyBatch batch = batch("", 0, 100L * i, values(random, random.nextInt(1, 60)));
      Decision decision = states[i].decide(definition, List.of(batch), 0);
      events[i] = decision.event().orElseThrow();
      states[i + 1] = decision.after();
    }
    KeySnapshot[] snapshots =
        Arrays.stream(states).map(KeyState::snapshot).toArray(KeySnapshot[]::new);
    for (int i = random.nextInt(1, 9); i + 1 < states.length; i += random.nextInt(1, 9)) {
      assertThat(states[i].evolve(events[i]).snapshot()).isEqualTo(snapshots[i + 1]);
      assertThat(states[i].snapshot()).isEqualTo(snapshots[i]);
    }
  }

  private static KeyScenario scenario(
      DetectorDefinition detector, String zone, WindowDefinition... windows) {
    KeyScenario key = KeyScenario.given(stream(detector, ZoneId.of(zone), windows));
    for (int i = 0; i < 20; i++) {
      key.when(batch("", 0, 100L * i, values(Randomized.seeded(i), 37)));
    }
    return key;
  }

  private static double[] values(RandomGenerator random, int count) {
    return random.doubles(count, -5, 5).toArray();
  }

  private static double[] numbers(KeyScenario key) {
    return key.state().snapshot().detector().orElseThrow().numbers();
  }

  private static KeySnapshot with(KeySnapshot s, String detector, int numbers) {
    return new KeySnapshot(
        s.definition(),
        s.version(),
        s.timeMaxNanos(),
        s.arrivalNanos(),
        s.total(),
        s.late(),
        s.anomalies(),
        s.last(),
        s.producers(),
        s.windows(),
        s.lastAnomaly(),
        Optional.of(new DetectorSnapshot(detector, new double[numbers])));
  }

  private static DetectorDefinition surprise(double habituation) {
    return new DetectorDefinition.Surprise(3, habituation, 2_000, 120, 3, 0, true);
  }

  private static StreamDefinition stream(
      DetectorDefinition detector, ZoneId zone, WindowDefinition... windows) {
    List<NamedWindow> named =
        Arrays.stream(windows)
            .map(w -> new NamedWindow(w instanceof WindowDefinition.Total ? "all" : "ten", w))
            .toList();
    return new StreamDefinition(
        "s",
        named,
        Optional.of(WindowDetector.ofKey(detector)),
        new TimeRules(0, 0, 0, 60 * SECOND, zone),
        16,
        Statistics.BASIC);
  }
}
