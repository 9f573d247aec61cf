package io.thalweg.results.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ShardProgressTest {
  private final ShardProgress progress = new ShardProgress(10);

  @Test
  void onlyWhatHasNothingUnacknowledgedBeforeItIsStored() {
    ShardProgress.Sent first = progress.sending(11, 2, 100, 0);
    ShardProgress.Sent second = progress.sending(12, 1, 200, 1);
    progress.acknowledge(second);
    progress.acknowledge(first);
    assertThat(progress.toStore()).isEqualTo(-1);
    assertThat(progress.oldestWrittenMillis(-1)).isEqualTo(100);

    progress.acknowledge(first);
    assertThat(progress.toStore()).isEqualTo(12);
    assertThat(progress.oldestWrittenMillis(-1)).isEqualTo(-1);
    assertThat(progress.toDelete()).isEqualTo(10);
    progress.stored(12);
    assertThat(progress.toStore()).isEqualTo(-1);
    assertThat(progress.toDelete()).isEqualTo(12);
    progress.deleted(12);
    assertThat(progress.toDelete()).isEqualTo(-1);
  }

  @Test
  void missingNumbersAreSeenAndSkipped() {
    assertThat(progress.missingBefore(11)).isZero();
    assertThat(progress.missingBefore(14)).isEqualTo(3);
    progress.skipTo(13);
    assertThat(progress.toStore()).isEqualTo(13);
    ShardProgress.Sent sent = progress.sending(14, 1, 0, 0);
    progress.skipTo(16);
    assertThat(progress.acknowledged()).isEqualTo(13);
    progress.acknowledge(sent);
    assertThat(progress.acknowledged()).isEqualTo(16);
  }

  @Test
  void sendingBackwardsIsAMistake() {
    progress.sending(11, 1, 0, 0);
    assertThatThrownBy(() -> progress.sending(11, 1, 0, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("11 comes after 11");
  }

  @Test
  void acknowledgedIsWhatAnOracleSaysWhateverTheOrder() {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<ShardProgress.Sent> waiting = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    long next = 11;
    for (int step = 0; step < 2_000; step++) {
      if (waiting.isEmpty() || random.nextBoolean()) {
        waiting.add(progress.sending(next, 1, 0, 0));
        numbers.add(next++);
      } else {
        int one = random.nextInt(waiting.size());
        progress.acknowledge(waiting.remove(one));
        numbers.remove(one);
      }
      long expected = numbers.stream().mapToLong(Long::longValue).min().orElse(next) - 1;
      assertThat(progress.acknowledged()).as("seed " + seed).isEqualTo(expected);
    }
  }
}
