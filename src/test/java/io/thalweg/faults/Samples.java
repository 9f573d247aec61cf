package io.thalweg.faults;

import io.thalweg.v1.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * What producers send: known from the batch's number alone, so that nothing has to be remembered to
 * tell what a key must hold. Values are whole numbers: their sums are exact in any order.
 *
 * @param prefix what the keys begin with
 */
record Samples(String prefix) {
  static final int KEYS = 1_000;

  /** A batch is for every fourth key. */
  static final int GROUPS = 4;

  static final int PER_SERIES = 4;
  static final int PER_BATCH = KEYS / GROUPS * PER_SERIES;

  private static final long FIRST_NANOS = 1_700_000_000_000_000_000L;
  private static final long MILLI = 1_000_000L;

  String key(int index) {
    return "%s-%04d".formatted(prefix, index);
  }

  List<String> keys() {
    List<String> keys = new ArrayList<>(KEYS);
    for (int i = 0; i < KEYS; i++) {
      keys.add(key(i));
    }
    return keys;
  }

  static int groupOf(long sequence) {
    return (int) (sequence % GROUPS);
  }

  List<Series> batch(String producer, long sequence) {
    List<Series> batch = new ArrayList<>(KEYS / GROUPS);
    for (int k = groupOf(sequence); k < KEYS; k += GROUPS) {
      Series.Builder series = Series.newBuilder().setKey(key(k));
      for (int i = 0; i < PER_SERIES; i++) {
        series
            .addTimeUnixNano(FIRST_NANOS + (sequence * PER_SERIES + i) * MILLI)
            .addValues(value(producer, sequence, k, i));
      }
      batch.add(series.build());
    }
    return batch;
  }

  static double value(String producer, long sequence, int key, int index) {
    long mixed =
        (producer.hashCode() * 31L + sequence) * 0x9E3779B97F4A7C15L + key * 1_000_003L + index;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    return (double) ((mixed >>> 40) % 1_000);
  }

  /** What a key must hold of a producer's batches up to a number. */
  Expected expected(int key, String producer, long lastSequence) {
    long count = 0;
    double sum = 0;
    double squares = 0;
    for (long s = 1; s <= lastSequence; s++) {
      if (groupOf(s) == key % GROUPS) {
        for (int i = 0; i < PER_SERIES; i++) {
          double value = value(producer, s, key, i);
          count++;
          sum += value;
          squares += value * value;
        }
      }
    }
    return new Expected(count, sum, squares);
  }

  /** Exact: whole numbers below 2^53. */
  record Expected(long count, double sum, double squares) {
    static final Expected NOTHING = new Expected(0, 0, 0);

    Expected plus(Expected other) {
      return new Expected(count + other.count, sum + other.sum, squares + other.squares);
    }
  }
}
