package io.thalweg.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ShardsTest {

  /** What a store holds by shard is found again by every later version. */
  @Test
  void aKeyStaysInItsShardForEver() {
    Shards shards = new Shards(61);
    assertThat(shards.of("")).isEqualTo(40);
    assertThat(shards.of("payments/card-1")).isEqualTo(45);
    assertThat(shards.of("payments/card-2")).isEqualTo(42);
    assertThat(shards.of("sensors/\uD83C\uDF21 ÄÖÜ")).isEqualTo(7);
  }

  @Test
  void numberedKeysAreSpreadEvenly() {
    int[] keys = new int[61];
    for (int i = 0; i < 61_000; i++) {
      keys[new Shards(61).of("payments/card-" + i)]++;
    }
    assertThat(Arrays.stream(keys).boxed()).allMatch(n -> n > 800 && n < 1200);
  }

  @Test
  void thereIsAtLeastOneShard() {
    assertThat(new Shards(1).of("a")).isZero();
    assertThatThrownBy(() -> new Shards(0)).hasMessageContaining("0");
  }
}
