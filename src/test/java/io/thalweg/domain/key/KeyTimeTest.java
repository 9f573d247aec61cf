package io.thalweg.domain.key;

import static io.thalweg.domain.key.Definitions.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.Emission;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lateness, idle time and early emission, as a whole key has them. */
final class KeyTimeTest {
  private static final WindowDefinition TEN = new WindowDefinition.Tumbling(10 * SECOND, 0);

  @Test
  void aSampleWithinTheAllowedLatenessRevisesItsWindow() {
    StreamDefinition stream = stream(5, 0, window("t", TEN, Emission.OnClose.INSTANCE));
    Decision first = decide(KeyState.empty(stream), 3, 12);
    assertThat(windows(first)).extracting(Window::revision).containsExactly(0);
    Decision second = decide(first.after(), 4, 5);
    assertThat(windows(second)).extracting(Window::revision).containsExactly(1, 2);
    assertThat(windows(second)).extracting(w -> w.summary().count()).containsExactly(2L, 3L);
    assertThat(second.after().late()).isZero();
  }

  @Test
  void aSampleBeyondTheAllowedLatenessGoesToTheLedger() {
    StreamDefinition stream = stream(5, 0, window("t", TEN, Emission.OnClose.INSTANCE));
    Decision late = decide(decide(KeyState.empty(stream), 3, 15).after(), 4);
    assertThat(outcomes(late)).containsExactly(new Outcome.LateSample(new Sample(4 * SECOND, 1)));
    assertThat(late.after().late()).isEqualTo(1);
    assertThat(late.after().total().count()).isEqualTo(3);
  }

  @Test
  void aSampleThatOnlyOneWindowLosesIsLateOnce() {
    StreamDefinition stream =
        stream(
            0,
            0,
            window("t", TEN, Emission.OnClose.INSTANCE),
            window(
                "h", new WindowDefinition.Tumbling(3600 * SECOND, 0), Emission.OnClose.INSTANCE));
    Decision late = decide(decide(KeyState.empty(stream), 3, 12).after(), 4);
    assertThat(late.after().late()).isEqualTo(1);
    assertThat(late.after().windows().getLast().summary().count()).isEqualTo(3);
  }

  @Test
  void anIdleKeyClosesItsWindowsAtItsDeadlineAndNotBefore() {
    StreamDefinition stream = stream(0, 60, window("t", TEN, Emission.OnClose.INSTANCE));
    KeyState state = decide(KeyState.empty(stream), 3).after();
    long deadline = state.idleDeadlineNanos(stream).orElseThrow();
    assertThat(deadline).isEqualTo((1_000 + 60) * SECOND);
    assertThat(state.decideIdle(stream, deadline - 1).event()).isEmpty();
    Decision idled = state.decideIdle(stream, deadline);
    assertThat(windows(idled)).extracting(Window::closed).containsExactly(true);
    assertThat(idled.after().version()).isEqualTo(2);
    assertThat(idled.after().idleDeadlineNanos(stream)).isEmpty();
    assertThat(idled.after().watermarkNanos()).hasValue(3 * SECOND);
  }

  @Test
  void aKeyIsLookedAtOnlyWhereItsWindowsWaitForTime() {
    StreamDefinition waits = stream(0, 80, window("t", TEN, Emission.OnClose.INSTANCE));
    KeyState state = decide(KeyState.empty(waits), 3).after();
    assertThat(state.idleDeadline(waits)).contains(new IdleDeadline(1_080 * SECOND));
    StreamDefinition never = stream(0, 0, window("t", TEN, Emission.OnClose.INSTANCE));
    assertThat(state.idleDeadline(never)).isEmpty();
    assertThat(KeyState.empty(waits).idleDeadline(waits)).isEmpty();
  }

  @Test
  void theDeadlineOutlivesARestartAndAReplay() {
    StreamDefinition stream = stream(0, 60, window("t", TEN, Emission.OnClose.INSTANCE));
    Decision recorded = decide(KeyState.empty(stream), 3);
    KeyState restored = KeyState.restore(recorded.after().snapshot());
    KeyState replayed = KeyState.empty(stream).evolve(recorded.event().orElseThrow());
    assertThat(restored.idleDeadlineNanos(stream)).hasValue(1_060 * SECOND);
    assertThat(replayed.idleDeadlineNanos(stream)).hasValue(1_060 * SECOND);
    KeyEvent idled = restored.decideIdle(stream, 1_060 * SECOND).event().orElseThrow();
    assertThat(replayed.evolve(idled).snapshot())
        .isEqualTo(restored.decideIdle(stream, 1_060 * SECOND).after().snapshot());
  }

  @Test
  void aSampleAfterIdleTimeIsLateForTheWindowThatClosedAndInTimeForTheNext() {
    StreamDefinition stream = stream(0, 60, window("t", TEN, Emission.OnClose.INSTANCE));
    KeyState idled =
        decide(KeyState.empty(stream), 3).after().decideIdle(stream, 2_000 * SECOND).after();
    assertThat(decide(idled, 4).after().late()).isEqualTo(1);
    assertThat(decide(idled, 10).after().late()).isZero();
  }

  @Test
  void aKeyOfCountWindowsNeverIdles() {
    StreamDefinition stream =
        stream(
            0, 60, window("c", new WindowDefinition.TumblingCount(5), Emission.OnClose.INSTANCE));
    assertThat(decide(KeyState.empty(stream), 3).after().idleDeadlineNanos(stream)).isEmpty();
  }

  @Test
  void windowsAreToldOfEarlyWheneverTheWatermarkPassesAMultiple() {
    StreamDefinition stream = stream(0, 0, window("t", TEN, new Emission.Every(4 * SECOND)));
    List<Outcome> told = outcomes(decide(KeyState.empty(stream), 1, 3, 4, 5, 9));
    assertThat(told).hasSize(2).allMatch(o -> o instanceof Outcome.WindowUpdated);
  }

  @Test
  void windowsAreToldOfEarlyWithEachBatchThatAddsToThem() {
    StreamDefinition stream = stream(0, 0, window("t", TEN, Emission.EveryBatch.INSTANCE));
    Decision first = decide(KeyState.empty(stream), 1, 3);
    assertThat(windows(first)).extracting(w -> w.summary().count()).containsExactly(2L);
    assertThat(windows(first)).extracting(Window::closed).containsExactly(false);
    Decision second = decide(first.after(), 12);
    assertThat(windows(second)).extracting(Window::closed).containsExactly(true, false);
  }

  @Test
  void twoKeysOfWhichOneIsAnHourBehindDoNotDisturbEachOther() {
    StreamDefinition stream = stream(0, 0, window("t", TEN, Emission.OnClose.INSTANCE));
    KeyState fast = KeyState.empty(stream);
    KeyState slow = KeyState.empty(stream);
    for (int second = 0; second < 100; second++) {
      fast = decide(fast, second + 3_600).after();
      slow = decide(slow, second).after();
    }
    assertThat(slow.late()).isZero();
    assertThat(fast.late()).isZero();
  }

  /** Samples of value 1; they arrive in second 1,000. Evolving must come out the same. */
  private static Decision decide(KeyState state, long... seconds) {
    long[] times = Arrays.stream(seconds).map(s -> s * SECOND).toArray();
    double[] values = new double[times.length];
    Arrays.fill(values, 1);
    KeyBatch batch = new KeyBatch("", 0, times, values);
    Decision decision = state.decide(state.definition(), List.of(batch), 1_000 * SECOND);
    assertThat(state.evolve(decision.event().orElseThrow()).snapshot())
        .isEqualTo(decision.after().snapshot());
    return decision;
  }

  private static List<Outcome> outcomes(Decision decision) {
    return decision.event().orElseThrow().outcomes();
  }

  private static List<Window> windows(Decision decision) {
    return outcomes(decision).stream()
        .map(
            outcome ->
                switch (outcome) {
                  case Outcome.WindowClosed closed -> closed.window();
                  case Outcome.WindowUpdated updated -> updated.window();
                  case Outcome.AnomalyRaised other -> throw new AssertionError(other);
                  case Outcome.LateSample other -> throw new AssertionError(other);
                })
        .toList();
  }

  private static NamedWindow window(String name, WindowDefinition definition, Emission emission) {
    return new NamedWindow(name, definition, emission);
  }

  private static StreamDefinition stream(
      long latenessSeconds, long idleSeconds, NamedWindow... windows) {
    return new StreamDefinition(
        "s",
        List.of(windows),
        Optional.empty(),
        new TimeRules(0, latenessSeconds * SECOND, idleSeconds * SECOND, 60 * SECOND),
        8,
        Statistics.BASIC);
  }
}
