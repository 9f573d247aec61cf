package io.thalweg.bench;

import io.thalweg.domain.key.KeyBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * What gathers in a key's lane when many keys share the load: batches of one sample, from a few
 * producers in turn. As each request brings its own text, no two batches share a producer's name.
 */
final class GatheredBatches {
  static final int BATCHES = 16;

  private static final int PRODUCERS = 4;
  private static final int SAMPLES = 1 << 10;
  private static final long MILLI = 1_000_000;
  private static final long START = 1_700_000_000_000_000_000L;

  private final String[] producers = new String[BATCHES];
  private final long[][] times = new long[SAMPLES][];
  private final double[][] values = new double[SAMPLES][];

  GatheredBatches() {
    for (int i = 0; i < BATCHES; i++) {
      producers[i] = new StringBuilder("producer-").append(i % PRODUCERS).toString();
    }
    for (int i = 0; i < SAMPLES; i++) {
      times[i] = new long[] {START + i * MILLI};
      values[i] = new double[] {1_000 + ((i * 0x9E3779B97F4A7C15L) >>> 11) * 0x1p-53};
    }
  }

  /**
   * @param round from 0 on; each producer's numbers go on from one to the next
   */
  List<KeyBatch> next(long round) {
    List<KeyBatch> batches = new ArrayList<>(BATCHES);
    for (int i = 0; i < BATCHES; i++) {
      int sample = (int) (round * BATCHES + i) & (SAMPLES - 1);
      long sequence = 1 + round * (BATCHES / PRODUCERS) + i / PRODUCERS;
      batches.add(new KeyBatch(producers[i], sequence, times[sample], values[sample]));
    }
    return batches;
  }
}
