package io.thalweg.domain.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.Randomized;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProducersPropertyTest {
  private final Map<String, NavigableSet<Long>> all = new TreeMap<>();

  @Test
  void theyKnowWhatTheNumbersOfAllCountedBatchesSay() {
    Randomized.rounds(
        300,
        random -> {
          all.clear();
          int names = random.nextInt(1, 40);
          int limit = random.nextInt(1, 40);
          Producers producers = Producers.NONE;
          for (int event = 0; event < 30; event++) {
            var before = producers.snapshot();
            ProducersFold fold = producers.fold();
            for (int i = random.nextInt(20); i > 0; i--) {
              KeyBatch batch = batch(random, names);
              assertThat(fold.count(batch, limit)).isEqualTo(expected(batch, limit));
            }
            assertThat(producers.snapshot()).isEqualTo(before);
            producers = fold.freeze();
            assertRemembered(producers);
            producers = random.nextBoolean() ? producers : Producers.restore(producers.snapshot());
          }
        });
  }

  @Test
  void whatCountsNothingLeavesTheValueItCameFrom() {
    ProducersFold first = Producers.NONE.fold();
    assertThat(first.count(new KeyBatch("p", 5, new long[1], new double[1]), 1)).isNull();
    Producers one = first.freeze();
    ProducersFold second = one.fold();
    second.add(new KeyBatch("", 0, new long[1], new double[1]));
    assertThat(second.count(new KeyBatch("p", 5, new long[1], new double[1]), 1))
        .isEqualTo(new BatchResult.Duplicate(1));
    assertThat(second.count(new KeyBatch("q", 5, new long[1], new double[1]), 1))
        .isEqualTo(new BatchResult.TooManyProducers(1));
    assertThat(second.freeze()).isSameAs(one);
  }

  private KeyBatch batch(RandomGenerator random, int names) {
    if (random.nextInt(10) == 0) {
      return new KeyBatch("", 0, new long[1], new double[1]);
    }
    String name = new StringBuilder("p-").append(random.nextInt(names)).toString();
    NavigableSet<Long> counted = all.get(name);
    long around = counted == null ? 1_000 : counted.last();
    long sequence = around + random.nextInt(-300, random.nextBoolean() ? 3 : 300);
    return new KeyBatch(name, Math.max(1, sequence), new long[2], new double[2]);
  }

  private @Nullable BatchResult expected(KeyBatch batch, int limit) {
    if (batch.producer().isEmpty()) {
      return null;
    }
    NavigableSet<Long> counted = all.get(batch.producer());
    if (counted == null) {
      if (all.size() >= limit) {
        return new BatchResult.TooManyProducers(limit);
      }
      all.put(batch.producer(), new TreeSet<>(List.of(batch.sequence())));
      return null;
    }
    if (counted.last() - batch.sequence() > CountedBatches.BELOW) {
      return new BatchResult.Stale(batch.sequence(), counted.last());
    }
    return counted.add(batch.sequence()) ? null : new BatchResult.Duplicate(batch.size());
  }

  private void assertRemembered(Producers producers) {
    assertThat(producers.snapshot())
        .isEqualTo(all.entrySet().stream().map(e -> remembered(e.getKey(), e.getValue())).toList());
  }

  private static KeySnapshot.Producer remembered(String name, NavigableSet<Long> counted) {
    long[] below = new long[KeySnapshot.Producer.WORDS];
    for (long sequence : counted) {
      long bit = counted.last() - 1 - sequence;
      if (bit >= 0 && bit < CountedBatches.BELOW) {
        below[(int) bit / Long.SIZE] |= 1L << bit;
      }
    }
    return new KeySnapshot.Producer(name, counted.last(), below);
  }
}
