package io.thalweg.client;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The series of a batch as they go on the wire, which is all that most batches are ever needed for.
 * Who looks into the list has them read from there. Immutable.
 */
final class EncodedSeries extends AbstractList<Series> implements RandomAccess {
  private final byte[] bytes;
  private final int size;
  private final int samples;
  private volatile @Nullable List<Series> read;

  /**
   * @param bytes fields of an {@link IngestRequest}; handed over
   * @param size how many series there are
   * @param samples how many values they have together
   */
  EncodedSeries(byte[] bytes, int size, int samples) {
    this.bytes = bytes;
    this.size = size;
    this.samples = samples;
  }

  /** The same series, encoded if they are not yet. */
  static EncodedSeries of(List<Series> series) {
    if (series instanceof EncodedSeries encoded) {
      return encoded;
    }
    int length = 0;
    for (Series s : series) {
      length += CodedOutputStream.computeMessageSize(IngestRequest.SERIES_FIELD_NUMBER, s);
    }
    byte[] bytes = new byte[length];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (Series s : series) {
        out.writeMessage(IngestRequest.SERIES_FIELD_NUMBER, s);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("series are longer than they said", e);
    }
    return new EncodedSeries(bytes, series.size(), samplesOf(series));
  }

  /** How many values series have together. */
  static int samplesOf(List<Series> series) {
    return series instanceof EncodedSeries encoded
        ? encoded.samples
        : series.stream().mapToInt(Series::getValuesCount).sum();
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  int samples() {
    return samples;
  }

  @Override
  public Series get(int index) {
    List<Series> series = read;
    if (series == null) {
      try {
        series = IngestRequest.parseFrom(bytes).getSeriesList();
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("series that were encoded can't be read", e);
      }
      read = series;
    }
    return series.get(index);
  }

  @Override
  public int size() {
    return size;
  }
}
