package io.thalweg.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thalweg.domain.Randomized;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What the views share. */
final class PartsTest {
  private static final double EXACT = 1e-12;

  @Test
  void ewmaIsThatOfAllValuesAtFirst() {
    Ewma ewma = new Ewma(0.001, blank());
    for (double value : new double[] {2, 4, 9}) {
      ewma.learn(value);
    }
    assertThat(ewma.mean()).isCloseTo(5, within(EXACT));
    assertThat(ewma.variance()).isCloseTo(26.0 / 3, within(EXACT));
  }

  @Test
  void ewmaForgetsByAlpha() {
    Ewma ewma = new Ewma(0.5, blank());
    for (double value : new double[] {0, 0, 8}) {
      ewma.learn(value);
    }
    // gain 0.5: mean 4; variance 0.5 × (0 + 0.5 × 64)
    assertThat(ewma.mean()).isEqualTo(4);
    assertThat(ewma.variance()).isEqualTo(16);
  }

  @Test
  void tailSaysNothingBeforeItKnowsFiftyDistances() {
    RandomGenerator random = Randomized.seeded(2);
    Tail tail = new Tail(blank());
    for (int i = 0; i < 50; i++) {
      assertThat(tail.score(1_000)).isZero();
      tail.learn(random.nextExponential());
    }
    assertThat(tail.score(1_000)).isGreaterThan(3);
    assertThat(tail.score(tail.quantile())).isZero();
  }

  @Test
  void tailSaysNothingBeforeItKnowsFiveBeyondTheQuantile() {
    Tail tail = new Tail(blank());
    tail.learn(100);
    for (int i = 0; i < 100; i++) {
      tail.learn(0);
    }
    assertThat(tail.score(1_000)).isZero();
  }

  @Test
  void tailLearnsStepByStep() {
    Tail tail = new Tail(blank());
    tail.learn(2);
    assertThat(tail.quantile()).isEqualTo(2);
    // weight 1/2: scale 2 + (|4 - 2| - 2) / 2 = 2, step 2: up by 0.985 × 2
    tail.learn(4);
    assertThat(tail.quantile()).isCloseTo(3.97, within(1e-9));
    // weight 1/3: scale 2 + (3.97 - 2) / 3, step as large: down by 0.015 of it
    tail.learn(0);
    assertThat(tail.quantile()).isCloseTo(3.97 - 0.015 * (2 + 1.97 / 3), within(1e-9));
  }

  @Test
  void tailFindsTheSurpriseOfAnExponential() {
    RandomGenerator random = Randomized.seeded(7);
    Tail tail = new Tail(blank());
    for (int i = 0; i < 200_000; i++) {
      tail.learn(random.nextExponential());
    }
    // One in a million exceeds 13.8.
    assertThat(tail.score(-Math.log(1e-6))).isBetween(5.0, 7.0);
    assertThat(tail.quantile()).isCloseTo(-Math.log(0.015), within(0.5));
  }

  @Test
  void departureMeasuresInDeviationsFromWhatIsUsual() {
    Departure departure = new Departure(blank());
    for (int i = 0; i < 400; i++) {
      departure.surprise(i % 2 == 0 ? 9 : 11, 1e-9);
    }
    assertThat(departure.usual()).isCloseTo(10, within(0.01));
    double surprise = departure.surprise(30, 1e-9);
    assertThat(surprise).isGreaterThan(3);
    assertThat(departure.expected()).isCloseTo(10, within(0.01));
    assertThat(departure.deviation()).isCloseTo(1, within(0.01));
    assertThat(departure.seen()).isEqualTo(30);
  }

  @Test
  void newestKeepsAsManyAsItHasSlots() {
    MemoryFold memory = new MemoryFold(DetectorMemory.EMPTY, 10);
    Newest newest = new Newest(memory, 3, 4, 0);
    newest.add(5);
    assertThat(newest.mean(3)).isEqualTo(5);
    for (double value : new double[] {7, 1, 2, 3, 6}) {
      newest.add(value);
    }
    assertThat(newest.count()).isEqualTo(4);
    assertThat(newest.before(0)).isEqualTo(6);
    assertThat(newest.before(3)).isEqualTo(1);
    assertThat(newest.mean(4)).isEqualTo(3);
    assertThat(newest.mean(2)).isEqualTo(4.5);
    assertThat(newest.deviation()).isCloseTo(Math.sqrt(14.0 / 4), within(EXACT));
    Newest again = new Newest(memory, 3, 4, 6);
    again.add(10);
    assertThat(again.mean(2)).isEqualTo(8);
    assertThat(Arrays.copyOf(memory.array(), 3)).containsExactly(0, 0, 0);
  }

  @Test
  void normKnowsSizeMeanAndDeviation() {
    Norm norm = new Norm(blank());
    for (double value : new double[] {-3, 3, -3, 3}) {
      norm.learn(value);
    }
    assertThat(norm.count()).isEqualTo(4);
    assertThat(norm.size()).isCloseTo(3, within(EXACT));
    assertThat(norm.mean()).isCloseTo(0, within(EXACT));
    assertThat(norm.deviation()).isCloseTo(3, within(EXACT));
    assertThat(norm.floor()).isCloseTo(0.03 + 1e-9, within(EXACT));
  }

  @Test
  void aDayHasPartsOfHalfAnHourInItsZone() {
    assertThat(part("UTC", "2024-07-01T00:00")).isZero();
    assertThat(part("UTC", "2024-07-01T00:29:59")).isZero();
    assertThat(part("UTC", "2024-07-01T00:30")).isEqualTo(1);
    assertThat(part("UTC", "1969-12-31T23:59")).isEqualTo(47);
    assertThat(part("Asia/Kathmandu", "2024-07-01T00:00")).isEqualTo(11);
    assertThat(part("America/New_York", "2024-07-01T00:00")).isEqualTo(40);
  }

  @Test
  void summerTimeShiftsTheDayFromItsTransitionOn() {
    // In 2024 from 31 March, 01:00 UTC, to 27 October, 01:00 UTC.
    assertThat(part("Europe/Berlin", "2024-03-31T00:59:59")).isEqualTo(3);
    assertThat(part("Europe/Berlin", "2024-03-31T01:00")).isEqualTo(6);
    assertThat(part("Europe/Berlin", "2024-10-27T00:59:59")).isEqualTo(5);
    assertThat(part("Europe/Berlin", "2024-10-27T01:00")).isEqualTo(4);
    assertThat(part("Europe/Berlin", "2024-03-31T00:59:59")).isEqualTo(3);
  }

  private static int part(String zone, String utc) {
    long seconds = LocalDateTime.parse(utc).toEpochSecond(ZoneOffset.UTC);
    return TimeOfDay.in(ZoneId.of(zone)).part(seconds * 1_000_000_000L);
  }

  private static Cursor blank() {
    return new Cursor(new MemoryFold(DetectorMemory.EMPTY, 20));
  }
}
