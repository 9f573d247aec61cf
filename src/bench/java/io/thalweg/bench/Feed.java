package io.thalweg.bench;

import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamDefinition;
import java.util.Arrays;
import java.util.List;

/**
 * Keys that are sent batches in turn, each with one sample per second of event time. The batches
 * are as long as those that gather in a key's lane under load. Of one thread.
 */
final class Feed {
  static final int BATCH = 16;

  private static final int KEYS = 100;
  private static final long SECOND = 1_000_000_000;

  /** By how many seconds samples of a disordered stream are behind, in turn. */
  private static final int[] BEHIND = {0, 1, 0, 2, 1, 0, 0, 2};

  private final StreamDefinition definition;
  private final boolean disordered;
  private final KeyState[] keys = new KeyState[KEYS];

  private int key;
  private long second = 2;

  /**
   * @param samples of each key before the first measured one: as many as fill its window
   */
  Feed(StreamDefinition definition, boolean disordered, int samples) {
    this.definition = definition;
    this.disordered = disordered;
    Arrays.fill(keys, KeyState.empty(definition));
    while (second < 2 + samples) {
      next();
    }
  }

  /** Has the next key decide on its next batch. */
  Decision next() {
    Decision decision = keys[key].decide(definition, List.of(batch()), 0);
    keys[key] = decision.after();
    key++;
    if (key == KEYS) {
      key = 0;
      second += BATCH;
    }
    return decision;
  }

  private KeyBatch batch() {
    long[] times = new long[BATCH];
    double[] values = new double[BATCH];
    for (int i = 0; i < BATCH; i++) {
      long at = second + i;
      times[i] = (at - (disordered ? BEHIND[i % BEHIND.length] : 0)) * SECOND;
      values[i] = 1_000 + scattered(at * KEYS + key);
    }
    return new KeyBatch("", 0, times, values);
  }

  /** From 0 to below 1, differently for each number. */
  private static double scattered(long number) {
    return ((number * 0x9E3779B97F4A7C15L) >>> 11) * 0x1p-53;
  }
}
