package io.thalweg.domain.key;

import static io.thalweg.domain.key.Definitions.SECOND;
import static io.thalweg.domain.key.Definitions.counting;
import static io.thalweg.domain.key.Definitions.disordered;
import static io.thalweg.domain.key.Definitions.judged;
import static io.thalweg.domain.key.Definitions.timed;
import static io.thalweg.domain.key.KeyScenario.batch;
import static io.thalweg.domain.key.KeyScenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowDefinition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeyStateTest {

  @Test
  void aNewKeyKnowsNothing() {
    KeyState state = KeyState.empty(counting(3));
    assertThat(state.version()).isZero();
    assertThat(state.watermarkNanos()).isEmpty();
    assertThat(state.total()).isEqualTo(Summary.EMPTY);
    assertThat(state.windows()).isEmpty();
    assertThat(state.last()).isEmpty();
    assertThat(KeyState.restore(state.snapshot()).snapshot()).isEqualTo(state.snapshot());
  }

  @Test
  void aBatchIsCountedInTheTotalAndInTheWindow() {
    KeyState state =
        given(counting(2))
            .when(batch("p", 1, 10, 1, 2, 6))
            .thenResults(new BatchResult.Counted(3, 0))
            .state();
    assertThat(state.version()).isEqualTo(1);
    assertThat(state.total().sum()).isEqualTo(9);
    assertThat(state.watermarkNanos()).hasValue(12 * SECOND);
    assertThat(state.last()).contains(new Sample(12 * SECOND, 6));
    assertThat(state.windows())
        .containsExactly(
            new Window("w", 11 * SECOND, 12 * SECOND, false, 0, new Summary(2, 4, 4, 8, 2, 6, 8)));
  }

  @Test
  void allNewBatchesBecomeOneEventInOrderOfArrival() {
    KeyBatch first = batch("p", 1, 10, 1);
    KeyBatch second = batch("q", 7, 11, 2);
    KeyScenario key = given(counting(2)).when(first, batch("p", 1, 10, 1), second);
    assertThat(key.event().batches()).containsExactly(first, second);
    assertThat(key.state().version()).isEqualTo(1);
  }

  @Test
  void theFirstEventTellsTheDefinitionAndLaterOnesDoNot() {
    KeyScenario key = given(counting(2)).when(batch("p", 1, 10, 1));
    assertThat(key.event().definition()).contains(counting(2));
    assertThat(key.when(batch("p", 2, 11, 1)).event().definition()).isEmpty();
  }

  @Test
  void aBatchWithoutSamplesLeavesNoTrace() {
    given(counting(2))
        .when(batch("p", 1, 10))
        .thenResults(new BatchResult.Counted(0, 0))
        .thenNoEvent()
        .when(batch("p", 1, 10, 5))
        .thenResults(new BatchResult.Counted(1, 0));
  }

  @Test
  void theWatermarkDoesNotRunBelowTheBeginningOfTime() {
    KeyBatch early = new KeyBatch("", 0, new long[] {Long.MIN_VALUE + 5}, new double[] {1});
    assertThat(given(disordered(60)).when(early).state().watermarkNanos()).hasValue(Long.MIN_VALUE);
  }

  @Test
  void aWindowClosesWithTheSampleThatMovesTheWatermarkPastIt() {
    KeyScenario key = given(timed()).when(batch("p", 1, 12, 1, 3), batch("p", 2, 20, 5));
    Summary both = new Summary(2, 2, 1, 2, 1, 3, 4);
    Window first = new Window("w", 5 * SECOND, 15 * SECOND, true, 0, both);
    Window second = new Window("w", 10 * SECOND, 20 * SECOND, true, 0, both);
    key.thenOutcomes(new Outcome.WindowClosed(first), new Outcome.WindowClosed(second));
    assertThat(key.state().windows().getFirst()).isEqualTo(second);
    assertThat(key.state().windows())
        .extracting(Window::closed)
        .containsExactly(true, false, false);
  }

  @Test
  void lateSampleIsCountedButNotWindowed() {
    KeyScenario key =
        given(judged(timed(), 3, 2))
            .when(batch("p", 1, 100, 1, 2, 1, 2))
            .when(batch("p", 2, 10, 1e9))
            .thenResults(new BatchResult.Counted(1, 1))
            .thenOutcomes(new Outcome.LateSample(new Sample(10 * SECOND, 1e9)));
    assertThat(key.state().late()).isEqualTo(1);
    assertThat(key.state().total().max()).isEqualTo(1e9);
    assertThat(key.state().last()).contains(new Sample(10 * SECOND, 1e9));
    assertThat(key.state().windows()).allMatch(w -> w.summary().max() == 2);
  }

  @Test
  void noSampleIsTooLateForACountWindow() {
    given(counting(5))
        .when(batch("p", 1, 100, 1), batch("p", 2, 10, 2))
        .thenResults(new BatchResult.Counted(1, 0), new BatchResult.Counted(1, 0));
  }

  @Test
  void anAnomalyIsJudgedByTheWindowBeforeItAndEntersTheWindow() {
    KeyScenario key = given(judged(counting(4), 3, 4)).when(batch("p", 1, 10, 1, 3, 1, 3, 100));
    assertThat(key.outcomes())
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.AnomalyRaised.class,
            raised -> {
              assertThat(raised.anomaly().score()).isEqualTo(98);
              assertThat(raised.anomaly().evidence())
                  .isEqualTo(new Summary(4, 2, 1, 4.0 / 3, 1, 3, 8));
            });
    assertThat(key.state().anomalies()).isEqualTo(1);
    assertThat(key.state().windows().getFirst().summary().max()).isEqualTo(100);
  }

  @Test
  void aTimeWindowJudgesByTheNewestWindowOfTheSample() {
    KeyScenario key =
        given(judged(timed(), 3, 4)).when(batch("p", 1, 0, 1, 3, 1, 3), batch("p", 2, 6, 2, 50));
    assertThat(key.state().anomalies()).isEqualTo(1);
    key.when(batch("p", 3, 16, 1e6));
    assertThat(key.state().anomalies()).isEqualTo(1);
  }

  @Test
  void anotherWindowStartsEmptyAndAllElseGoesOn() {
    KeyScenario key = given(counting(3)).when(batch("p", 1, 10, 1, 2)).redefined(counting(2));
    KeyState state =
        key.when(batch("p", 1, 10, 1, 2), batch("p", 2, 12, 5))
            .thenResults(new BatchResult.Duplicate(2), new BatchResult.Counted(1, 0))
            .state();
    assertThat(key.event().definition()).contains(counting(2));
    assertThat(state.definition()).isEqualTo(counting(2));
    assertThat(state.total().count()).isEqualTo(3);
    assertThat(state.windows().getFirst().summary().count()).isEqualTo(1);
  }

  @Test
  void anotherDetectorLeavesTheWindowAsItIs() {
    KeyState state =
        given(counting(3))
            .when(batch("p", 1, 10, 1, 2))
            .redefined(judged(counting(3), 3, 2))
            .when(batch("p", 2, 12, 50))
            .state();
    assertThat(state.windows().getFirst().summary().count()).isEqualTo(3);
    assertThat(state.anomalies()).isEqualTo(1);
  }

  @Test
  void lessDisorderMovesTheWatermarkOnAndClosesWindows() {
    KeyScenario key =
        given(disordered(60)).when(batch("p", 1, 12, 1), batch("p", 2, 21, 1)).thenOutcomes();
    key.redefined(timed()).when(batch("p", 3, 21, 1));
    assertThat(key.outcomes()).hasSize(2).allMatch(Outcome.WindowClosed.class::isInstance);
    assertThat(key.state().watermarkNanos()).hasValue(21 * SECOND);
  }

  @Test
  void moreDisorderDoesNotReopenWhatHasClosed() {
    given(timed())
        .when(batch("p", 1, 12, 1), batch("p", 2, 21, 1))
        .redefined(disordered(60))
        .when(batch("p", 3, 9, 1))
        .thenResults(new BatchResult.Counted(1, 1));
  }

  @Test
  void aDefinitionThatChangesNothingYetMakesNoEvent() {
    KeyScenario key = given(counting(3)).when(batch("p", 1, 10, 1)).redefined(counting(2));
    key.when(batch("p", 1, 10, 1)).thenNoEvent();
    assertThat(key.state().definition()).isEqualTo(counting(3));
  }

  @Test
  void aSnapshotWhoseWindowIsOfAnotherKindIsRefused() {
    KeySnapshot s = KeyState.empty(counting(3)).snapshot();
    KeySnapshot mixed =
        new KeySnapshot(timed(), 0, 0, 0, s.total(), 0, 0, s.last(), s.producers(), s.windows());
    assertThatThrownBy(() -> KeyState.restore(mixed)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachBatchIsToldHowManyOfItsOwnSamplesWereLate() {
    given(timed())
        .when(batch("p", 1, 100, 1))
        .when(batch("p", 2, 10, 1, 2), batch("p", 3, 101, 1), batch("p", 4, 20, 1))
        .thenResults(
            new BatchResult.Counted(2, 2),
            new BatchResult.Counted(1, 0),
            new BatchResult.Counted(1, 1));
  }

  @Test
  void theDetectorJudgesAgainstItsOwnWindow() {
    StreamDefinition stream =
        new StreamDefinition(
            "s",
            List.of(
                new NamedWindow("short", new WindowDefinition.SlidingCount(2)),
                new NamedWindow("long", new WindowDefinition.SlidingCount(6))),
            Optional.of(new WindowDetector("long", new DetectorDefinition.ZScore(3, 6))),
            new TimeRules(0, 0, 0, 0),
            8,
            Statistics.BASIC);
    KeyScenario key = given(stream).when(batch("p", 1, 10, 1, 3, 1, 3, 1, 3, 100));
    assertThat(key.outcomes())
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.AnomalyRaised.class,
            raised -> assertThat(raised.anomaly().evidence().count()).isEqualTo(6));
  }

  @Test
  void aClockThatGoesBackIsTakenToStandStill() {
    KeyState state = KeyState.empty(timed());
    state = state.decide(timed(), List.of(batch("p", 1, 10, 1)), 500).after();
    assertThat(state.arrivalNanos()).isEqualTo(500);
    state = state.decide(timed(), List.of(batch("p", 2, 11, 1)), 400).after();
    assertThat(state.arrivalNanos()).isEqualTo(500);
  }

  @Test
  void aSnapshotOfProducersIsSortedAndWhole() {
    KeySnapshot s = given(counting(3)).when(batch("p", 1, 10, 1)).state().snapshot();
    KeySnapshot.Producer p = s.producers().getFirst();
    KeySnapshot.Producer a = new KeySnapshot.Producer("a", 1, new long[4]);
    for (List<KeySnapshot.Producer> wrong : List.of(List.of(p, a), List.of(p, p))) {
      assertThatThrownBy(() -> KeyState.restore(withProducers(s, wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("p before");
    }
    assertThat(KeyState.restore(withProducers(s, List.of(a, p))).snapshot().producers())
        .containsExactly(a, p);
    assertThatThrownBy(() -> new KeySnapshot.Producer("", 1, new long[4]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeySnapshot.Producer("p", 0, new long[4]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeySnapshot.Producer("p", 1, new long[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void producersAreEqualWhereAllBitsAre() {
    KeySnapshot.Producer p = new KeySnapshot.Producer("p", 7, new long[] {1, 2, 3, 4});
    KeySnapshot.Producer same = new KeySnapshot.Producer("p", 7, new long[] {1, 2, 3, 4});
    assertThat(p).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(p)
        .isNotEqualTo(new KeySnapshot.Producer("q", 7, p.below()))
        .isNotEqualTo(new KeySnapshot.Producer("p", 8, p.below()))
        .isNotEqualTo(new KeySnapshot.Producer("p", 7, new long[4]))
        .isNotEqualTo("a producer");
  }

  private static KeySnapshot withProducers(KeySnapshot s, List<KeySnapshot.Producer> producers) {
    return new KeySnapshot(
        s.definition(),
        s.version(),
        s.timeMaxNanos(),
        s.arrivalNanos(),
        s.total(),
        s.late(),
        s.anomalies(),
        s.last(),
        producers,
        s.windows());
  }
}
