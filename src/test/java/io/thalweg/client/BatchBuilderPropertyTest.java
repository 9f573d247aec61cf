package io.thalweg.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.Series;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchBuilderPropertyTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void batchesKeepToTheirBoundsAndLoseNothing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int bytesMax = 2_000 + random.nextInt(20_000);
    BatchBuilder builder = new BatchBuilder(1 + random.nextInt(500), bytesMax);
    int samples = 5_000;
    int taken = 0;
    for (int i = 0; i < samples; i++) {
      String key = "ä".repeat(random.nextInt(250)) + random.nextInt(20);
      if (!builder.add(key, OptionalLong.of(i), i)) {
        taken += check(builder.take(), bytesMax);
        assertThat(builder.add(key, OptionalLong.of(i), i)).isTrue();
      }
    }
    taken += check(builder.take(), bytesMax);
    assertThat(taken).isEqualTo(samples);
  }

  private static int check(List<Series> batch, int bytesMax) {
    IngestRequest request = IngestRequest.newBuilder().addAllSeries(batch).build();
    assertThat(request.getSerializedSize()).isLessThanOrEqualTo(bytesMax);
    assertThat(batch).extracting(Series::getKey).doesNotHaveDuplicates();
    return EncodedSeries.samplesOf(batch);
  }
}
