package io.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.Emission;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.testkit.StreamTestDriver.Caused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole streams in event time, with late samples and silent keys. */
final class StreamTestDriverTest {
  private static final long SECOND = 1_000_000_000;
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void noSampleOfAKeyAnHourBehindAnotherIsLate() {
    StreamTestDriver driver = start(tumbling(2, 0, 0));
    for (int i = 0; i < 120; i++) {
      driver.pipe("fast", i);
      driver.pipe("slow", driver.eventTime().minus(Duration.ofHours(1)), i);
      driver.advanceEventTime(Duration.ofSeconds(1));
    }
    assertThat(driver.late("slow")).isEmpty();
    assertThat(driver.state("slow").late()).isZero();
    assertThat(driver.closed("slow")).hasSameSizeAs(driver.closed("fast")).isNotEmpty();
  }

  @Test
  void aSilentKeyClosesItsWindowAtItsIdleTimeoutAndNotBefore() {
    StreamTestDriver driver = start(tumbling(2, 0, 60));
    driver.pipe("k", 1);
    driver.advanceIdleTime(MINUTE.minusNanos(1));
    assertThat(driver.closed("k")).isEmpty();
    driver.advanceIdleTime(Duration.ofNanos(1));
    assertThat(driver.closed("k")).singleElement().matches(Window::closed);
    driver.advanceIdleTime(MINUTE);
    assertThat(driver.closed("k")).hasSize(1);
  }

  @Test
  void keysFallIdleByTheirDeadlines() {
    StreamTestDriver driver = start(tumbling(2, 0, 60));
    driver.pipe("b", 1);
    driver.advanceIdleTime(Duration.ofSeconds(1));
    driver.pipe("c", 1);
    driver.pipe("a", 1);
    driver.advanceIdleTime(Duration.ofHours(1));
    assertThat(driver.outcomes()).extracting(Caused::key).containsExactly("b", "a", "c");
  }

  @Test
  void eventTimeTakesTheClockAlongButIdleTimeNotEventTime() {
    StreamTestDriver driver = start(tumbling(2, 0, 0));
    driver.advanceEventTime(MINUTE);
    driver.advanceIdleTime(MINUTE);
    assertThat(driver.eventTime()).isEqualTo(START.plus(MINUTE));
    assertThat(driver.clock()).isEqualTo(START.plus(MINUTE).plus(MINUTE));
  }

  @Test
  void aSampleWithinTheAllowedLatenessRevisesItsWindow() {
    StreamTestDriver driver = start(tumbling(0, 5, 0));
    driver.pipe("k", 1);
    driver.pipe("k", START.plusSeconds(12), 2);
    driver.pipe("k", START.plusSeconds(9), 3);
    assertThat(driver.closed("k")).extracting(Window::revision).containsExactly(0, 1);
    assertThat(driver.closed("k")).extracting(w -> w.summary().count()).containsExactly(1L, 2L);
    assertThat(driver.late("k")).isEmpty();
  }

  @Test
  void aSampleBeyondTheAllowedLatenessIsToldOfAsLate() {
    StreamTestDriver driver = start(tumbling(0, 5, 0));
    driver.pipe("k", 1);
    driver.pipe("k", START.plusSeconds(15), 2);
    driver.forgetOutcomes();
    assertThat(driver.pipe("k", START.plusSeconds(9), 3)).isEqualTo(new BatchResult.Counted(1, 1));
    Sample late = new Sample(nanos(START.plusSeconds(9)), 3);
    assertThat(driver.outcomes()).containsExactly(new Caused("k", new Outcome.LateSample(late)));
    assertThat(driver.state("k").total().count()).isEqualTo(3);
  }

  @Test
  void aBatchThatIsSentAgainCountsOnce() {
    StreamTestDriver driver = start(tumbling(0, 0, 0));
    KeyBatch batch =
        new KeyBatch("p", 1, new long[] {nanos(START), nanos(START)}, new double[] {1, 2});
    assertThat(driver.pipe("k", batch)).isEqualTo(new BatchResult.Counted(2, 0));
    assertThat(driver.pipe("k", batch)).isEqualTo(new BatchResult.Duplicate(2));
    assertThat(driver.state("k").total().sum()).isEqualTo(3);
  }

  @Test
  void aSampleFromTheFutureIsRefusedAndClosesNothing() {
    StreamTestDriver driver = start(tumbling(0, 0, 0));
    driver.pipe("k", 1);
    driver.pipe("k", START.plus(MINUTE).plusNanos(1), 2);
    assertThat(driver.refused("k")).isEqualTo(1);
    assertThat(driver.outcomes("k")).isEmpty();
    assertThat(driver.state("k").total().count()).isEqualTo(1);
  }

  @Test
  void oneSampleOfTheFarFutureClosesNoWindowAndMakesNoOtherLate() {
    StreamTestDriver driver = start(tumbling(2, 0, 0));
    long now = nanos(START);
    long[] times = {now, Long.MAX_VALUE, now + SECOND};
    KeyBatch batch = new KeyBatch("p", 1, times, new double[] {1, 2, 3});
    assertThat(driver.pipe("k", batch)).isEqualTo(new BatchResult.Counted(2, 0));
    assertThat(driver.refused("k")).isEqualTo(1);
    assertThat(driver.state("k").watermarkNanos()).hasValue(now - SECOND);

    driver.pipe("k", START.plusSeconds(5), 4);
    assertThat(driver.closed("k")).isEmpty();
    assertThat(driver.late("k")).isEmpty();
    driver.advanceEventTime(Duration.ofSeconds(12));
    driver.pipe("k", 5);
    assertThat(driver.closed("k")).singleElement().matches(w -> w.summary().sum() == 8);
  }

  @Test
  void aSampleAtTheBoundOnTheFutureIsCountedAndClosesWindows() {
    StreamTestDriver driver = start(tumbling(0, 0, 0));
    driver.pipe("k", 1);
    driver.pipe("k", START.plus(MINUTE), 2);
    assertThat(driver.refused("k")).isZero();
    assertThat(driver.closed("k")).hasSize(1);
  }

  @Test
  void aWindowThatIsToldOfEarlyIsUpdatedUntilItCloses() {
    StreamTestDriver driver = start(stream(Emission.EveryBatch.INSTANCE, 0, 0, 0));
    driver.pipe("k", 1);
    driver.pipe("k", 2);
    assertThat(driver.updated("k")).extracting(w -> w.summary().count()).containsExactly(1L, 2L);
    assertThat(driver.closed("k")).isEmpty();
  }

  @Test
  void aKeyWithoutSamplesIsEmpty() {
    StreamTestDriver driver = start(tumbling(0, 0, 60));
    driver.advanceEventTime(MINUTE);
    assertThat(driver.state("k").version()).isZero();
    assertThat(driver.outcomes("k")).isEmpty();
    assertThat(driver.refused("k")).isZero();
  }

  @Test
  void timeDoesNotGoBack() {
    StreamTestDriver driver = start(tumbling(0, 0, 0));
    assertThatThrownBy(() -> driver.advanceIdleTime(MINUTE.negated()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-1M");
  }

  private static StreamTestDriver start(StreamDefinition definition) {
    return StreamTestDriver.start(definition, START);
  }

  private static StreamDefinition tumbling(int disorder, int lateness, int idle) {
    return stream(Emission.OnClose.INSTANCE, disorder, lateness, idle);
  }

  /** Ten seconds side by side; times in seconds. */
  private static StreamDefinition stream(Emission emission, int disorder, int lateness, int idle) {
    return new StreamDefinition(
        "s",
        List.of(new NamedWindow("ten", new WindowDefinition.Tumbling(10 * SECOND, 0), emission)),
        Optional.empty(),
        new TimeRules(disorder * SECOND, lateness * SECOND, idle * SECOND, 60 * SECOND),
        16,
        Statistics.BASIC);
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * SECOND + time.getNano();
  }
}
