package io.thalweg.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.journal.v1.Batch;
import io.thalweg.journal.v1.Samples;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads batches out of a message without the generated code's messages and lists: whatever that
 * code reads, and to the same batches. What is unknown is read as that code does, not skipped, so
 * that the same is refused. Of one thread; one reader may read any number of batches.
 */
public final class BatchReader {
  private static final int SLOTS = 16;
  private static final int TYPE_BITS = 3;

  private static final int PRODUCER =
      Batch.PRODUCER_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int SEQUENCE =
      Batch.SEQUENCE_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_VARINT;
  private static final int SAMPLES =
      Batch.SAMPLES_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int TIME_DELTAS =
      Samples.TIME_DELTAS_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int TIME_DELTA =
      Samples.TIME_DELTAS_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_VARINT;
  private static final int VALUES =
      Samples.VALUES_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int VALUE =
      Samples.VALUES_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_FIXED64;

  private long[] times = new long[SLOTS];
  private double[] values = new double[SLOTS];
  private int timesRead;
  private int valuesRead;
  private long time;

  /**
   * Reads one batch, from its length on.
   *
   * @throws IOException if the bytes are not a batch's
   * @throws IllegalArgumentException if they are those of a batch that there can't be
   */
  public KeyBatch read(CodedInputStream in) throws IOException {
    timesRead = 0;
    valuesRead = 0;
    time = 0;
    String producer = "";
    long sequence = 0;
    int outer = in.pushLimit(in.readRawVarint32());
    boolean more = true;
    while (more) {
      int tag = in.readTag();
      switch (tag) {
        case 0 -> more = false;
        case PRODUCER -> producer = in.readStringRequireUtf8();
        case SEQUENCE -> sequence = in.readUInt64();
        case SAMPLES -> readSamples(in);
        default -> more = UnknownFieldSet.newBuilder().mergeFieldFrom(tag, in);
      }
    }
    end(in, outer);
    return new KeyBatch(
        producer, sequence, Arrays.copyOf(times, timesRead), Arrays.copyOf(values, valuesRead));
  }

  /** Where there is more than one of them, all belong to the batch. */
  private void readSamples(CodedInputStream in) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    boolean more = true;
    while (more) {
      int tag = in.readTag();
      switch (tag) {
        case 0 -> more = false;
        case TIME_DELTAS -> readTimes(in);
        case TIME_DELTA -> addTime(in.readSInt64());
        case VALUES -> readValues(in);
        case VALUE -> addValue(in.readDouble());
        default -> more = UnknownFieldSet.newBuilder().mergeFieldFrom(tag, in);
      }
    }
    end(in, outer);
  }

  private void readTimes(CodedInputStream in) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    while (in.getBytesUntilLimit() > 0) {
      addTime(in.readSInt64());
    }
    in.popLimit(outer);
  }

  private void readValues(CodedInputStream in) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    while (in.getBytesUntilLimit() > 0) {
      addValue(in.readDouble());
    }
    in.popLimit(outer);
  }

  private void addTime(long delta) {
    if (timesRead == times.length) {
      times = Arrays.copyOf(times, 2 * timesRead);
    }
    time += delta;
    times[timesRead++] = time;
  }

  private void addValue(double value) {
    if (valuesRead == values.length) {
      values = Arrays.copyOf(values, 2 * valuesRead);
    }
    values[valuesRead++] = value;
  }

  private static void end(CodedInputStream in, int outer) throws IOException {
    in.checkLastTagWas(0);
    in.popLimit(outer);
  }
}
