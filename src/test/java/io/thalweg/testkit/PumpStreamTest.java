package io.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The example of the site's page on testing; {@link TestingPageTest} keeps the two alike. */
// example
class PumpStreamTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static final StreamDefinition PUMPS =
      new StreamDefinition(
          "pumps",
          List.of(
              new NamedWindow("minute", new WindowDefinition.Tumbling(nanos("PT1M"), 0)),
              new NamedWindow("recent", new WindowDefinition.SlidingCount(20))),
          Optional.of(new WindowDetector("recent", new DetectorDefinition.ZScore(4, 10))),
          new TimeRules(nanos("PT2S"), nanos("PT10S"), nanos("PT5M"), nanos("PT1M")),
          16,
          Statistics.BASIC);

  private final StreamTestDriver driver = StreamTestDriver.start(PUMPS, NOON);

  @Test
  void aMinuteIsClosedOnceItsDisorderIsOver() {
    driver.pipe("pump-1", 20.0);
    driver.pipe("pump-1", NOON.plusSeconds(61), 24.0);
    assertThat(driver.closed("pump-1")).isEmpty();

    driver.pipe("pump-1", NOON.plusSeconds(59), 22.0);
    driver.advanceEventTime(Duration.ofSeconds(62));
    driver.pipe("pump-1", 24.0);
    assertThat(driver.closed("pump-1")).singleElement().matches(w -> w.summary().mean() == 21.0);
  }

  @Test
  void aSilentPumpClosesItsMinuteAfterFiveMinutes() {
    driver.pipe("pump-1", 20.0);
    driver.advanceIdleTime(Duration.ofMinutes(5));
    assertThat(driver.closed("pump-1")).hasSize(1);
  }

  @Test
  void aSampleBeyondDisorderAndLatenessIsLate() {
    driver.pipe("pump-1", NOON.plusSeconds(12), 20.0);
    driver.pipe("pump-1", NOON.minusSeconds(1), 19.0);
    assertThat(driver.late("pump-1")).extracting(Sample::value).containsExactly(19.0);
  }

  @Test
  void aJumpIsAnAnomaly() {
    for (int second = 0; second < 20; second++) {
      driver.pipe("pump-1", second % 2 == 0 ? 20.0 : 21.0);
      driver.advanceEventTime(Duration.ofSeconds(1));
    }
    driver.pipe("pump-1", 35.0);
    assertThat(driver.anomalies("pump-1"))
        .extracting(a -> a.sample().value())
        .containsExactly(35.0);
  }

  private static long nanos(String duration) {
    return Duration.parse(duration).toNanos();
  }
}
