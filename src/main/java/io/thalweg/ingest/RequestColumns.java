package io.thalweg.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A request taken apart: its header, and one column for each thing that its series have, by their
 * places in the request. There is no object for a series or a sample, and the columns serve one
 * request after the other. Texts stay where they are in the request's bytes. Of one thread.
 */
final class RequestColumns {
  private static final byte[] NONE = {};
  private static final int FIRST = 16;

  final Text stream = new Text();
  final Text producer = new Text();
  private byte[] bytes = NONE;
  private long sequence;

  private int series;
  private int[] keyAt = new int[FIRST];
  private int[] keyLength = new int[FIRST];
  private boolean[] keyIsPlain = new boolean[FIRST];
  private int[] timesEnd = new int[FIRST];
  private int[] valuesEnd = new int[FIRST];

  private long[] times = new long[FIRST];
  private double[] values = new double[FIRST];
  private int timesCount;
  private int valuesCount;

  /** Where a text of the header is in the request's bytes. */
  static final class Text {
    private int at;
    private int length;

    void set(int textAt, int textLength) {
      at = textAt;
      length = textLength;
    }

    int at() {
      return at;
    }

    int length() {
      return length;
    }
  }

  /** Makes room for a request, of which nothing is known yet. */
  void begin(byte[] request) {
    bytes = request;
    stream.set(0, 0);
    producer.set(0, 0);
    sequence = 0;
    series = 0;
    timesCount = 0;
    valuesCount = 0;
  }

  /** Lets go of the request's bytes. */
  void end() {
    bytes = NONE;
  }

  byte[] bytes() {
    return bytes;
  }

  void setSequence(long ofRequest) {
    sequence = ofRequest;
  }

  long sequence() {
    return sequence;
  }

  /** Begins the next series; it has no key and no samples yet. */
  void addSeries() {
    if (series == keyAt.length) {
      keyAt = Arrays.copyOf(keyAt, 2 * series);
      keyLength = Arrays.copyOf(keyLength, 2 * series);
      keyIsPlain = Arrays.copyOf(keyIsPlain, 2 * series);
      timesEnd = Arrays.copyOf(timesEnd, 2 * series);
      valuesEnd = Arrays.copyOf(valuesEnd, 2 * series);
    }
    series++;
    setKey(0, 0, true);
  }

  /**
   * Of the newest series.
   *
   * @param plain whether it is of the printable characters of ASCII alone
   */
  void setKey(int at, int length, boolean plain) {
    keyAt[series - 1] = at;
    keyLength[series - 1] = length;
    keyIsPlain[series - 1] = plain;
  }

  void addTime(long nanos) {
    if (timesCount == times.length) {
      times = Arrays.copyOf(times, 2 * timesCount);
    }
    times[timesCount++] = nanos;
  }

  void addValue(double value) {
    if (valuesCount == values.length) {
      values = Arrays.copyOf(values, 2 * valuesCount);
    }
    values[valuesCount++] = value;
  }

  /** The newest series is complete. */
  void endSeries() {
    timesEnd[series - 1] = timesCount;
    valuesEnd[series - 1] = valuesCount;
  }

  int series() {
    return series;
  }

  /** For how many series there is room before columns grow. */
  int seriesRoom() {
    return keyAt.length;
  }

  /** For how many samples there is room before columns grow. */
  int samplesRoom() {
    return Math.max(times.length, values.length);
  }

  int keyLength(int place) {
    return keyLength[place];
  }

  boolean keyIsPlain(int place) {
    return keyIsPlain[place];
  }

  String key(int place) {
    return new String(
        bytes,
        keyAt[place],
        keyLength[place],
        keyIsPlain[place] ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  /** How many times the series has. */
  int times(int place) {
    return timesEnd[place] - firstTime(place);
  }

  /** How many values the series has. */
  int values(int place) {
    return valuesEnd[place] - firstValue(place);
  }

  long time(int place, int index) {
    return times[firstTime(place) + index];
  }

  double value(int place, int index) {
    return values[firstValue(place) + index];
  }

  /** Puts a sample, with its time if it has one, to another index within its series. */
  void move(int place, int from, int to) {
    if (times(place) > 0) {
      times[firstTime(place) + to] = times[firstTime(place) + from];
    }
    values[firstValue(place) + to] = values[firstValue(place) + from];
  }

  /** Copies the first times of a series to somewhere in an array. */
  void copyTimes(int place, int count, long[] to, int at) {
    System.arraycopy(times, firstTime(place), to, at, count);
  }

  /** Copies the first values of a series to somewhere in an array. */
  void copyValues(int place, int count, double[] to, int at) {
    System.arraycopy(values, firstValue(place), to, at, count);
  }

  private int firstTime(int place) {
    return place == 0 ? 0 : timesEnd[place - 1];
  }

  private int firstValue(int place) {
    return place == 0 ? 0 : valuesEnd[place - 1];
  }
}
