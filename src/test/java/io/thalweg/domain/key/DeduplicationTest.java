package io.thalweg.domain.key;

import static io.thalweg.domain.key.Definitions.bounded;
import static io.thalweg.domain.key.Definitions.counting;
import static io.thalweg.domain.key.KeyScenario.batch;
import static io.thalweg.domain.key.KeyScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.key.BatchResult.Counted;
import io.thalweg.domain.key.BatchResult.Duplicate;
import io.thalweg.domain.key.BatchResult.Stale;
import io.thalweg.domain.key.BatchResult.TooManyProducers;
import org.junit.jupiter.api.Test;

final class DeduplicationTest {

  @Test
  void aBatchThatComesAgainIsADuplicate() {
    given(counting(5))
        .when(batch("p", 3, 10, 1, 2))
        .when(batch("p", 3, 10, 1, 2))
        .thenResults(new Duplicate(2))
        .thenNoEvent();
  }

  @Test
  void aBatchThatComesTwiceAtOnceIsCountedOnce() {
    KeyScenario key =
        given(counting(5))
            .when(batch("p", 3, 10, 1), batch("p", 3, 10, 1))
            .thenResults(new Counted(1, 0), new Duplicate(1));
    assertThat(key.state().total().count()).isEqualTo(1);
  }

  @Test
  void batchesMayComeInAnyOrder() {
    given(counting(5))
        .when(batch("p", 3, 10, 1), batch("p", 1, 11, 1), batch("p", 2, 12, 1))
        .thenResults(new Counted(1, 0), new Counted(1, 0), new Counted(1, 0))
        .when(batch("p", 1, 11, 1), batch("p", 2, 12, 1))
        .thenResults(new Duplicate(1), new Duplicate(1));
  }

  @Test
  void what256BelowTheHighestIsStillKnownAndWhatIsFurtherBelowIsStale() {
    given(counting(5))
        .when(batch("p", 300, 10, 1), batch("p", 44, 11, 1), batch("p", 43, 12, 1))
        .thenResults(new Counted(1, 0), new Counted(1, 0), new Stale(43, 300))
        .when(batch("p", 44, 11, 1))
        .thenResults(new Duplicate(1));
  }

  @Test
  void whatWasCountedLongAgoIsStaleAndNeverCalledADuplicate() {
    given(counting(5))
        .when(batch("p", 1, 10, 1))
        .when(batch("p", 1000, 10, 1))
        .when(batch("p", 1, 10, 1))
        .thenResults(new Stale(1, 1000))
        .thenNoEvent();
  }

  @Test
  void producersDoNotShareNumbers() {
    given(counting(5))
        .when(batch("p", 1, 10, 1), batch("q", 1, 10, 1), batch("a", 1, 10, 1))
        .thenResults(new Counted(1, 0), new Counted(1, 0), new Counted(1, 0))
        .when(batch("q", 1, 10, 1))
        .thenResults(new Duplicate(1));
  }

  @Test
  void aBatchWithoutAProducerIsCountedEachTime() {
    KeyScenario key =
        given(counting(5)).when(batch("", 0, 10, 1)).when(batch("", 0, 10, 1), batch("", 0, 10, 1));
    assertThat(key.state().total().count()).isEqualTo(3);
    assertThat(key.state().snapshot().producers()).isEmpty();
  }

  @Test
  void oneProducerTooManyIsRefusedAndTheKnownOnesGoOn() {
    given(bounded(counting(5), 2))
        .when(batch("p", 1, 10, 1), batch("q", 1, 10, 1), batch("r", 1, 10, 1))
        .thenResults(new Counted(1, 0), new Counted(1, 0), new TooManyProducers(2))
        .when(batch("p", 2, 10, 1), batch("", 0, 10, 1))
        .thenResults(new Counted(1, 0), new Counted(1, 0));
  }
}
