package io.thalweg.ingest;

import io.thalweg.domain.sample.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The series of a request, one for each key: a key counts a producer's batch once, so what it has
 * of the batch must come to it as one.
 *
 * <p>The keys are found in a table that serves one request after the other. Should many keys crowd
 * in one part of it, as a sender can bring about, the rest of them goes to a map, which minds less.
 * Of one thread.
 */
final class SeriesByKey {
  private static final int PROBES_MAX = 32;
  private static final int GOLDEN_RATIO = 0x9E3779B9;
  private static final int TABLE_BITS_MIN = 4;
  private static final int NONE = -1;

  /** Where its hash puts it, a key's number plus 1. */
  private int[] table = {};

  private int tableBits;
  private final Map<String, Integer> crowded = new HashMap<>();

  /** By the keys' numbers, in the order in which they came first. */
  private String[] keys = {};

  private int[] first = {};
  private int[] last = {};
  private int count;

  /** By the places in the request. */
  private int[] next = {};

  private int[] samples = {};

  /**
   * Makes room for a request of so many series.
   *
   * @param capacity below 2^29
   */
  void begin(int capacity) {
    tableBits = Math.max(TABLE_BITS_MIN, Integer.SIZE - Integer.numberOfLeadingZeros(2 * capacity));
    int tableSize = 1 << tableBits; // above 2 * capacity
    if (table.length < tableSize) {
      table = new int[tableSize];
      keys = new String[tableSize / 2];
      first = new int[tableSize / 2];
      last = new int[tableSize / 2];
      next = new int[tableSize / 2];
      samples = new int[tableSize / 2];
    } else {
      Arrays.fill(table, 0, tableSize, 0);
    }
  }

  /** Lets go of the keys. */
  void end() {
    Arrays.fill(keys, 0, count, null);
    crowded.clear();
    count = 0;
  }

  /**
   * @param place the series' place in the request
   * @param sampleCount how many samples it has
   */
  void add(int place, String key, int sampleCount) {
    int number = numberOf(key);
    next[place] = NONE;
    samples[place] = sampleCount;
    if (number == count) {
      keys[number] = key;
      first[number] = place;
      count++;
    } else {
      next[last[number]] = place;
    }
    last[number] = place;
  }

  /**
   * One for each key, in the order in which the keys came first.
   *
   * @param request of whose series the first samples count, as many as {@link #add} was told
   * @param arrivalNanos the time of samples that have none
   */
  List<Series> series(RequestColumns request, long arrivalNanos) {
    List<Series> series = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      series.add(series(number, request, arrivalNanos));
    }
    return series;
  }

  private Series series(int number, RequestColumns request, long arrivalNanos) {
    int size = 0;
    for (int place = first[number]; place != NONE; place = next[place]) {
      size += samples[place];
    }
    long[] times = new long[size];
    double[] values = new double[size];
    int at = 0;
    for (int place = first[number]; place != NONE; place = next[place]) {
      request.copyValues(place, samples[place], values, at);
      if (request.times(place) > 0) {
        request.copyTimes(place, samples[place], times, at);
      } else {
        Arrays.fill(times, at, at + samples[place], arrivalNanos);
      }
      at += samples[place];
    }
    return new Series(keys[number], times, values);
  }

  /**
   * Where they come from.
   *
   * @param seriesOfRequest how many series the request has
   */
  Places places(int seriesOfRequest) {
    return count == seriesOfRequest
        ? Places.SAME
        : new Places(Arrays.copyOf(first, count), Arrays.copyOf(next, seriesOfRequest));
  }

  /** The number of a key; of one that has not come yet, how many keys have. */
  private int numberOf(String key) {
    int slot = (key.hashCode() * GOLDEN_RATIO) >>> (Integer.SIZE - tableBits);
    for (int probe = 0; probe < PROBES_MAX; probe++) {
      int number = table[slot] - 1;
      if (number < 0) {
        table[slot] = count + 1;
        return count;
      }
      if (keys[number].equals(key)) {
        return number;
      }
      slot = (slot + 1) & ((1 << tableBits) - 1);
    }
    Integer known = crowded.putIfAbsent(key, count);
    return known == null ? count : known;
  }
}
