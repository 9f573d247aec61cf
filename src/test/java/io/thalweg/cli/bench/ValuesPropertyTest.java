package io.thalweg.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thalweg.domain.Randomized;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ValuesPropertyTest {

  @Test
  void rangesAmountToWhatTheirValuesDo() {
    Randomized.rounds(
        300,
        random -> {
          int key = random.nextInt(20_000);
          long from = random.nextLong(5_000);
          long to = from + 1 + random.nextLong(random.nextBoolean() ? 50 : 5_000);
          double[] values =
              LongStream.range(from, to).mapToDouble(i -> Values.of(key, i)).toArray();
          Tally tally = Values.range(key, from, to);
          double mean = DoubleStream.of(values).average().orElseThrow();
          double variance =
              DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
          assertThat(tally.count()).isEqualTo(values.length);
          assertThat(tally.total()).isEqualTo(DoubleStream.of(values).sum());
          assertThat(tally.mean()).isCloseTo(mean, within(mean * 1e-14));
          assertThat(tally.variance()).isCloseTo(variance, within(variance * 1e-9));
          assertThat(tally.smallest()).isEqualTo(DoubleStream.of(values).min().orElseThrow());
          assertThat(tally.largest()).isEqualTo(DoubleStream.of(values).max().orElseThrow());
        });
  }

  @Test
  void rangesSideBySideAddUp() {
    Randomized.rounds(
        100,
        random -> {
          int key = random.nextInt(20_000);
          long middle = random.nextLong(3_000);
          long to = middle + random.nextLong(3_000);
          assertThat(Values.range(key, 0, middle).plus(Values.range(key, middle, to)))
              .isEqualTo(Values.range(key, 0, to));
        });
  }

  @Test
  void noValueComesTwiceInAPeriod() {
    assertThat(LongStream.range(0, Values.PERIOD).mapToDouble(i -> Values.of(5, i)))
        .doesNotHaveDuplicates()
        .allMatch(value -> value == Math.rint(value));
  }
}
