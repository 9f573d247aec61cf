package io.thalweg.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thalweg.cli.bench.KeyChoice.Own;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyChoiceTest {
  private static final int DRAWS = 1_000_000;

  @Test
  void zipfDrawsTheNthKeyAsOftenAsOneNth() {
    int keys = 1_000;
    int[] drawn = draw(Distribution.ZIPF.choice(new Own(0, 1, keys), 42), keys);
    double harmonic = IntStream.rangeClosed(1, keys).mapToDouble(n -> 1.0 / n).sum();
    for (int n : new int[] {1, 2, 3, 10, 100, 1_000}) {
      double expected = DRAWS / harmonic / n;
      assertThat((double) drawn[n - 1])
          .as("key %d", n)
          .isCloseTo(expected, within(5 * Math.sqrt(expected)));
    }
  }

  @Test
  void uniformDrawsAllKeysAlike() {
    int[] drawn = draw(Distribution.UNIFORM.choice(new Own(0, 1, 100), 42), 100);
    assertThat(IntStream.of(drawn)).allMatch(n -> Math.abs(n - 10_000) < 500);
  }

  @Test
  void movingDrawsATenthOfTheKeysAtATimeAndAllInTurn() {
    KeyChoice moving = Distribution.MOVING.choice(new Own(0, 1, 1_000), 42);
    int[] drawn = new int[1_000];
    for (int draw = 0; draw < 10_000; draw++) {
      int first = draw / 10;
      int key = moving.next();
      drawn[key]++;
      assertThat(Math.floorMod(key - first, 1_000)).as("draw %d", draw).isLessThan(100);
    }
    assertThat(IntStream.of(drawn).sum()).isEqualTo(10_000);
    assertThat(IntStream.of(drawn).filter(n -> n > 0).count()).isGreaterThan(990);
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void producersDrawTheirOwnKeysAlone(Distribution distribution) {
    KeyChoice third = distribution.choice(new Own(2, 3, 10), 1);
    int[] drawn = draw(third, 10);
    for (int key = 0; key < 10; key++) {
      assertThat(drawn[key] > 0).as("key %d", key).isEqualTo(key % 3 == 2);
    }
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void sharesOfAllProducersAreTheWhole(Distribution distribution) {
    double shares =
        IntStream.range(0, 7)
            .mapToDouble(i -> distribution.choice(new Own(i, 7, 100), 1).share())
            .sum();
    assertThat(shares).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void sameSeedDrawsTheSame(Distribution distribution) {
    Own own = new Own(0, 1, 1_000);
    int[] first = IntStream.generate(distribution.choice(own, 9)::next).limit(100).toArray();
    int[] second = IntStream.generate(distribution.choice(own, 9)::next).limit(100).toArray();
    int[] other = IntStream.generate(distribution.choice(own, 8)::next).limit(100).toArray();
    assertThat(second).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  private static int[] draw(KeyChoice choice, int keys) {
    int[] drawn = new int[keys];
    for (int i = 0; i < DRAWS; i++) {
      drawn[choice.next()]++;
    }
    return drawn;
  }
}
