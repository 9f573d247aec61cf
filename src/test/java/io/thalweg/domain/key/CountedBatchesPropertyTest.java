package io.thalweg.domain.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.Randomized;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CountedBatchesPropertyTest {

  @Test
  void itKnowsWhatASetOfAllNumbersKnowsOfTheNewest257() {
    Randomized.rounds(
        200,
        random -> {
          long base = random.nextBoolean() ? 1000 : Long.MAX_VALUE - 5000;
          int spread = random.nextInt(1, 700);
          Set<Long> all = new HashSet<>(Set.of(base));
          CountedBatchesFold counted = new CountedBatchesFold(CountedBatches.first(base));
          long highest = base;
          for (int i = 0; i < 400; i++) {
            long sequence = highest + random.nextInt(-spread, Math.min(spread, 20) + 1);
            boolean stale = highest - sequence > 256;
            assertThat(counted.isStale(sequence)).isEqualTo(stale);
            if (!stale) {
              assertThat(counted.contains(sequence)).isEqualTo(all.contains(sequence));
              if (all.add(sequence)) {
                counted.add(sequence);
              }
              highest = Math.max(highest, sequence);
            }
            CountedBatches frozen = counted.freeze();
            if (random.nextBoolean()) {
              counted =
                  new CountedBatchesFold(CountedBatches.restore(frozen.highest(), frozen.below()));
            }
          }
          for (long sequence = highest - 256; sequence <= highest; sequence++) {
            assertThat(counted.contains(sequence)).isEqualTo(all.contains(sequence));
          }
        });
  }

  @Test
  void aJumpOfAnyWidthKeepsWhatIsNotTooFarBelow() {
    for (int jump = 1; jump <= 300; jump++) {
      CountedBatchesFold counted = new CountedBatchesFold(CountedBatches.first(10_000));
      counted.add(9_999);
      counted.add(10_000L + jump);
      assertThat(counted.isStale(10_000)).isEqualTo(jump > 256);
      assertThat(counted.isStale(9_999)).isEqualTo(jump > 255);
      assertThat(!counted.isStale(10_000) && counted.contains(10_000)).isEqualTo(jump <= 256);
      assertThat(!counted.isStale(9_999) && counted.contains(9_999)).isEqualTo(jump <= 255);
      assertThat(counted.isStale(9_998) || !counted.contains(9_998)).isTrue();
    }
  }
}
