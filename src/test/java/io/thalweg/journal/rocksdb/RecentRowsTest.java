package io.thalweg.journal.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.journal.StoredQueues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentRowsTest {
  private static final String QUEUE = "alerts";

  private final RecentRows recent = new RecentRows(10_000);

  @Test
  void whatLiesBeforeTheFirstKnownRowIsUnknown() {
    add(7, 11);
    add(7, 12);
    assertThat(numbers(7, 10, 9)).hasValue(List.of(11L, 12L));
    assertThat(numbers(7, 11, 9)).hasValue(List.of(12L));
    assertThat(numbers(7, 10, 1)).hasValue(List.of(11L));
    assertThat(numbers(7, 12, 9)).hasValue(List.of());
    assertThat(numbers(7, 9, 9)).isEmpty();
    assertThat(numbers(8, 0, 9)).isEmpty();
    assertThat(recent.read("other", 7, 10, 9)).isEmpty();
  }

  @Test
  void whatNoLongerWaitsIsForgotten() {
    add(7, 11);
    add(7, 12);
    recent.drop(QUEUE, 7, 11);
    recent.drop(QUEUE, 7, 5);
    assertThat(numbers(7, 10, 9)).isEmpty();
    assertThat(numbers(7, 11, 9)).hasValue(List.of(12L));
    recent.drop(QUEUE, 7, 99);
    assertThat(numbers(7, 12, 9)).hasValue(List.of());
    add(7, 13);
    assertThat(numbers(7, 12, 9)).hasValue(List.of(13L));
    recent.forget();
    assertThat(numbers(7, 12, 9)).isEmpty();
  }

  @Test
  void gapIsAMistake() {
    add(7, 11);
    assertThatThrownBy(() -> add(7, 13))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("13")
        .hasMessageContaining("11");
  }

  /**
   * Whatever it has forgotten: what it says is what waits, from the number on and without a gap.
   */
  @Test
  void whatItSaysIsAllThatThereIs() {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Map<Integer, Long> heads = new HashMap<>();
    int known = 0;
    for (int step = 0; step < 20_000; step++) {
      int shard = random.nextInt(5);
      long head = heads.getOrDefault(shard, 0L);
      switch (random.nextInt(20)) {
        case 0 -> recent.drop(QUEUE, shard, random.nextLong(head + 1));
        case 1 -> {
          if (random.nextInt(50) == 0) {
            recent.forget();
          }
        }
        case 2, 3, 4, 5 -> {
          long after = random.nextLong(head + 1);
          int limit = 1 + random.nextInt(30);
          Optional<List<Long>> numbers = numbers(shard, after, limit);
          if (numbers.isPresent()) {
            known++;
            assertThat(numbers.get())
                .as("seed " + seed)
                .isEqualTo(
                    LongStream.rangeClosed(after + 1, Math.min(head, after + limit))
                        .boxed()
                        .toList());
          }
        }
        default -> {
          add(shard, head + 1);
          heads.put(shard, head + 1);
        }
      }
    }
    assertThat(known).as("seed " + seed).isPositive();
  }

  private void add(int shard, long number) {
    byte[] row = ByteBuffer.allocate(8).putLong(number).array();
    recent.add(List.of(new QueueHeads.Numbered(QUEUE, shard, number, row)));
  }

  private Optional<List<Long>> numbers(int shard, long after, int limit) {
    return recent
        .read(QUEUE, shard, after, limit)
        .map(
            rows -> {
              List<Long> numbers = new ArrayList<>();
              for (StoredQueues.Waiting row : rows) {
                assertThat(row.shard()).isEqualTo(shard);
                assertThat(ByteBuffer.wrap(row.row()).getLong()).isEqualTo(row.number());
                numbers.add(row.number());
              }
              return numbers;
            });
  }
}
