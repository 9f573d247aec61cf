package io.thalweg.client;

import com.google.protobuf.CodedOutputStream;
import io.thalweg.v1.Series;
import java.util.List;
import java.util.OptionalLong;

/**
 * Gathers samples into a batch, one series for each key, until it is full. When a batch is full
 * depends on the samples alone: the same samples always make the same batches. Not thread-safe.
 */
public final class BatchBuilder {
  /** What the server takes in one message, in bytes. */
  public static final int BYTES_LIMIT = 4 * 1024 * 1024;

  /** A sample's time and value. */
  private static final int SAMPLE_BYTES = 16;

  /** Tags and lengths around a series, rounded up. */
  private static final int SERIES_BYTES = 24;

  private final int samplesMax;
  private final int bytesMax;
  private final GatheredSeries series = new GatheredSeries();
  private int bytes;

  /**
   * @param samplesMax of one batch
   * @param bytesMax of one batch, estimated and rounded up; room is left for the header
   */
  public BatchBuilder(int samplesMax, int bytesMax) {
    if (samplesMax < 1) {
      throw new IllegalArgumentException("samplesMax must be positive, not " + samplesMax);
    }
    if (bytesMax < 1 || bytesMax > BYTES_LIMIT) {
      throw new IllegalArgumentException(
          "bytesMax must be 1 to " + BYTES_LIMIT + ", not " + bytesMax);
    }
    this.samplesMax = samplesMax;
    this.bytesMax = bytesMax;
  }

  /**
   * Adds a sample if there is room; an empty batch has room for any. Of one key, give either all
   * samples a time or none.
   *
   * @param timeUnixNano empty: the time of arrival
   * @return false: the batch is full and was not changed
   */
  public boolean add(String key, OptionalLong timeUnixNano, double value) {
    return add(key, timeUnixNano.isPresent(), timeUnixNano.orElse(0), value);
  }

  private boolean add(String key, boolean timed, long time, double value) {
    int known = series.find(key);
    int growth = SAMPLE_BYTES + (known == KeyNumbers.NONE ? headerBytes(key) : 0);
    int samples = series.samples();
    if (samples > 0 && (samples == samplesMax || bytes + growth > bytesMax)) {
      return false;
    }
    series.add(known == KeyNumbers.NONE ? series.addKey(key) : known, timed, time, value);
    bytes += growth;
    return true;
  }

  /** How many samples the batch holds. */
  public int size() {
    return series.samples();
  }

  /** The batch, in the order in which keys first came; the builder is empty afterwards. */
  public List<Series> take() {
    bytes = 0;
    return series.take();
  }

  static void requireWithinLimit(EncodedRequest request) {
    int size = request.length();
    if (size > BYTES_LIMIT) {
      throw new IllegalArgumentException(
          "a batch of " + size + " bytes is over the limit of " + BYTES_LIMIT + " bytes: split it");
    }
  }

  private static int headerBytes(String key) {
    return SERIES_BYTES + CodedOutputStream.computeStringSizeNoTag(key);
  }
}
