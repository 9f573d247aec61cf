package io.thalweg.client;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Samples that come in any order of keys and are to be a series for each key. They lie in columns
 * in the order in which they came, each with the place of its key's next one; the columns serve one
 * batch after the other. Not thread-safe.
 */
final class GatheredSeries {
  private static final int NONE = -1;

  private final KeyNumbers keys = new KeyNumbers();

  /** By the keys' numbers; of a key its length as a field, in bytes. */
  private int[] keyLength = new int[16];

  private int[] first = new int[16];
  private int[] last = new int[16];
  private int[] keyTimes = new int[16];
  private int[] keyValues = new int[16];

  /** By the samples' places. */
  private int[] next = new int[16];

  private boolean[] timed = new boolean[16];
  private long[] times = new long[16];
  private double[] values = new double[16];
  private int samples;

  /** The number of a key, {@link KeyNumbers#NONE} if it has no sample yet. */
  int find(String key) {
    return keys.find(key);
  }

  /** Gives a key that has no sample yet a number; it must get one. */
  int addKey(String key) {
    int number = keys.add(key);
    if (number == first.length) {
      keyLength = Arrays.copyOf(keyLength, 2 * number);
      first = Arrays.copyOf(first, 2 * number);
      last = Arrays.copyOf(last, 2 * number);
      keyTimes = Arrays.copyOf(keyTimes, 2 * number);
      keyValues = Arrays.copyOf(keyValues, 2 * number);
    }
    keyLength[number] =
        key.isEmpty() ? 0 : CodedOutputStream.computeStringSize(Series.KEY_FIELD_NUMBER, key);
    keyTimes[number] = 0;
    keyValues[number] = 0;
    return number;
  }

  int samples() {
    return samples;
  }

  /**
   * Adds a sample.
   *
   * @param key its number
   * @param isTimed whether it has a time
   */
  void add(int key, boolean isTimed, long time, double value) {
    if (samples == next.length) {
      next = Arrays.copyOf(next, 2 * samples);
      timed = Arrays.copyOf(timed, 2 * samples);
      times = Arrays.copyOf(times, 2 * samples);
      values = Arrays.copyOf(values, 2 * samples);
    }
    next[samples] = NONE;
    timed[samples] = isTimed;
    times[samples] = time;
    values[samples] = value;
    if (keyValues[key] == 0) {
      first[key] = samples;
    } else {
      next[last[key]] = samples;
    }
    last[key] = samples;
    keyTimes[key] += isTimed ? 1 : 0;
    keyValues[key]++;
    samples++;
  }

  /** The series, in the order in which their keys came first; nothing is left. */
  EncodedSeries take() {
    int length = 0;
    for (int key = 0; key < keys.size(); key++) {
      int ofSeries = seriesLength(key);
      length += 1 + CodedOutputStream.computeUInt32SizeNoTag(ofSeries) + ofSeries;
    }
    byte[] bytes = new byte[length];
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      for (int key = 0; key < keys.size(); key++) {
        write(key, out);
      }
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("series are longer than was reckoned", e);
    }
    EncodedSeries taken = new EncodedSeries(bytes, keys.size(), samples);
    keys.clear();
    samples = 0;
    return taken;
  }

  private int seriesLength(int key) {
    return keyLength[key]
        + fieldLength(keyTimes[key] * Long.BYTES)
        + fieldLength(keyValues[key] * Double.BYTES);
  }

  /** Of a field with a tag and a length before its content; one without content is left out. */
  private static int fieldLength(int content) {
    return content == 0 ? 0 : 1 + CodedOutputStream.computeUInt32SizeNoTag(content) + content;
  }

  private void write(int key, CodedOutputStream out) throws IOException {
    begin(out, IngestRequest.SERIES_FIELD_NUMBER, seriesLength(key));
    if (keyLength[key] > 0) {
      out.writeString(Series.KEY_FIELD_NUMBER, keys.key(key));
    }
    if (keyTimes[key] > 0) {
      begin(out, Series.TIME_UNIX_NANO_FIELD_NUMBER, keyTimes[key] * Long.BYTES);
      for (int sample = first[key]; sample != NONE; sample = next[sample]) {
        if (timed[sample]) {
          out.writeSFixed64NoTag(times[sample]);
        }
      }
    }
    begin(out, Series.VALUES_FIELD_NUMBER, keyValues[key] * Double.BYTES);
    for (int sample = first[key]; sample != NONE; sample = next[sample]) {
      out.writeDoubleNoTag(values[sample]);
    }
  }

  private static void begin(CodedOutputStream out, int field, int length) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(length);
  }
}
