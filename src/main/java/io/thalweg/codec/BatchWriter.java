package io.thalweg.codec;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.journal.v1.Batch;
import io.thalweg.journal.v1.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes batches as a repeated field of a message: the very bytes that the generated code writes
 * for what {@link BatchCodec} makes of them, without its builders, lists and copies. Of one message
 * and one thread.
 *
 * <p>Lengths stand before what they measure. So all of them are known before the first byte is
 * written, and the message is written once, into an array of its size.
 */
public final class BatchWriter {
  private static final byte[] NOTHING = {};

  private final int field;
  private final List<KeyBatch> batches;

  /** The name of each batch's producer. */
  private final byte[][] producers;

  /** How many bytes the times of each batch take. */
  private final int[] timesBytes;

  private final int size;

  /**
   * @param field the number of the field
   * @param batches as they are written, one after the other
   */
  public BatchWriter(int field, List<KeyBatch> batches) {
    this.field = field;
    this.batches = batches;
    producers = new byte[batches.size()][];
    timesBytes = new int[batches.size()];
    String producer = "";
    byte[] utf8 = NOTHING;
    int sum = batches.size() * CodedOutputStream.computeTagSize(field);
    for (int i = 0; i < producers.length; i++) {
      KeyBatch batch = batches.get(i);
      if (!producer.equals(batch.producer())) {
        producer = batch.producer();
        utf8 = producer.getBytes(StandardCharsets.UTF_8);
      }
      producers[i] = utf8;
      timesBytes[i] = timesBytes(batch.timesNanos());
      sum += lengthAnd(batchBytes(i));
    }
    size = sum;
  }

  /** Bytes of all batches, with their tags. */
  public int size() {
    return size;
  }

  /** Writes all batches, with their tags. */
  public void writeTo(CodedOutputStream out) throws IOException {
    for (int i = 0; i < producers.length; i++) {
      KeyBatch batch = batches.get(i);
      lead(out, field, batchBytes(i));
      if (producers[i].length > 0) {
        out.writeByteArray(Batch.PRODUCER_FIELD_NUMBER, producers[i]);
      }
      if (batch.sequence() != 0) {
        out.writeUInt64(Batch.SEQUENCE_FIELD_NUMBER, batch.sequence());
      }
      lead(out, Batch.SAMPLES_FIELD_NUMBER, samplesBytes(i));
      if (batch.size() > 0) {
        lead(out, Samples.TIME_DELTAS_FIELD_NUMBER, timesBytes[i]);
        writeDeltas(out, batch.timesNanos());
        lead(out, Samples.VALUES_FIELD_NUMBER, batch.size() * Double.BYTES);
        for (double value : batch.values()) {
          out.writeDoubleNoTag(value);
        }
      }
    }
  }

  private int batchBytes(int index) {
    int bytes = 1 + lengthAnd(samplesBytes(index));
    if (producers[index].length > 0) {
      bytes += 1 + lengthAnd(producers[index].length);
    }
    long sequence = batches.get(index).sequence();
    if (sequence != 0) {
      bytes += 1 + CodedOutputStream.computeUInt64SizeNoTag(sequence);
    }
    return bytes;
  }

  private int samplesBytes(int index) {
    int samples = batches.get(index).size();
    return samples == 0 ? 0 : 2 + lengthAnd(timesBytes[index]) + lengthAnd(samples * Double.BYTES);
  }

  private static int timesBytes(long[] times) {
    int bytes = 0;
    long before = 0;
    for (long time : times) {
      bytes += CodedOutputStream.computeSInt64SizeNoTag(time - before);
      before = time;
    }
    return bytes;
  }

  private static void writeDeltas(CodedOutputStream out, long[] times) throws IOException {
    long before = 0;
    for (long time : times) {
      out.writeSInt64NoTag(time - before);
      before = time;
    }
  }

  private static int lengthAnd(int bytes) {
    return CodedOutputStream.computeUInt32SizeNoTag(bytes) + bytes;
  }

  private static void lead(CodedOutputStream out, int number, int bytes) throws IOException {
    out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(bytes);
  }
}
