package io.thalweg.bench;

import io.thalweg.domain.RealSeries;
import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamDefinition;
import java.util.Arrays;
import java.util.List;

/**
 * Keys that are sent batches in turn, each with one sample per step of event time. The batches are
 * as long as those that gather in a key's lane under load. Of one thread.
 */
final class Feed {
  static final int BATCH = 16;

  private static final int KEYS = 100;
  private static final long SECOND = 1_000_000_000;

  /** By how many steps samples of a disordered stream are behind, in turn. */
  private static final int[] BEHIND = {0, 1, 0, 2, 1, 0, 0, 2};

  /** The values that the keys are sent. */
  interface Values {

    /** Of a key's sample at a step. */
    double at(long step, int key);
  }

  private final StreamDefinition definition;
  private final boolean disordered;
  private final long stepNanos;
  private final Values values;
  private final KeyState[] keys = new KeyState[KEYS];

  private int key;
  private long step = 2;

  /**
   * Evenly scattered values, a sample a second.
   *
   * @param samples of each key before the first measured one: as many as fill its window
   */
  Feed(StreamDefinition definition, boolean disordered, int samples) {
    this(definition, disordered, samples, SECOND, Feed::scattered);
  }

  private Feed(
      StreamDefinition definition, boolean disordered, int samples, long stepNanos, Values values) {
    this.definition = definition;
    this.disordered = disordered;
    this.stepNanos = stepNanos;
    this.values = values;
    Arrays.fill(keys, KeyState.empty(definition));
    while (step < 2 + samples) {
      next();
    }
  }

  /** A series over and over, each key at another place of it, a sample every half hour. */
  static Feed of(RealSeries series, StreamDefinition definition, int samples) {
    return new Feed(
        definition,
        false,
        samples,
        1_800 * SECOND,
        (step, key) -> series.values()[(int) ((step + 97L * key) % series.size())]);
  }

  /** Has the next key decide on its next batch. */
  Decision next() {
    Decision decision = keys[key].decide(definition, List.of(batch()), 0);
    keys[key] = decision.after();
    key++;
    if (key == KEYS) {
      key = 0;
      step += BATCH;
    }
    return decision;
  }

  private KeyBatch batch() {
    long[] times = new long[BATCH];
    double[] samples = new double[BATCH];
    for (int i = 0; i < BATCH; i++) {
      long at = step + i;
      times[i] = (at - (disordered ? BEHIND[i % BEHIND.length] : 0)) * stepNanos;
      samples[i] = values.at(at, key);
    }
    return new KeyBatch("", 0, times, samples);
  }

  /** From 1,000 to below 1,001, differently for each sample. */
  private static double scattered(long step, int key) {
    long number = step * KEYS + key;
    return 1_000 + ((number * 0x9E3779B97F4A7C15L) >>> 11) * 0x1p-53;
  }
}
