package io.thalweg.faults.check;

import io.thalweg.v1.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * What producers send: known from the batch's number alone, so that nothing has to be remembered to
 * tell what a key must hold. Values are whole numbers: their sums are exact in any order.
 *
 * @param prefix what the keys begin with
 * @param count how many keys there are, a multiple of {@link #GROUPS}
 */
public record Samples(String prefix, int count) {
  /** A batch is for every fourth key. */
  public static final int GROUPS = 4;

  public static final int PER_SERIES = 4;

  private static final long FIRST_NANOS = 1_700_000_000_000_000_000L;
  private static final long MILLI = 1_000_000L;

  public Samples {
    if (count <= 0 || count % GROUPS != 0) {
      throw new IllegalArgumentException("keys: " + count + " is no multiple of " + GROUPS);
    }
  }

  public int perBatch() {
    return count / GROUPS * PER_SERIES;
  }

  public String key(int index) {
    return "%s-%04d".formatted(prefix, index);
  }

  public List<String> keys() {
    List<String> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(key(i));
    }
    return keys;
  }

  public static int groupOf(long sequence) {
    return (int) (sequence % GROUPS);
  }

  /** Whether a batch has samples for a key. */
  static boolean holds(long sequence, int key) {
    return groupOf(sequence) == key % GROUPS;
  }

  public List<Series> batch(String producer, long sequence) {
    List<Series> batch = new ArrayList<>(count / GROUPS);
    for (int k = groupOf(sequence); k < count; k += GROUPS) {
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

  /** What a batch has for a key. */
  static double[] values(String producer, long sequence, int key) {
    double[] values = new double[PER_SERIES];
    for (int i = 0; i < PER_SERIES; i++) {
      values[i] = value(producer, sequence, key, i);
    }
    return values;
  }
}
