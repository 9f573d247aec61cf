package io.thalweg.faults.check;

import com.google.protobuf.InvalidProtocolBufferException;
import io.thalweg.journal.v1.Batch;
import io.thalweg.journal.v1.Recorded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The bytes of an event, as the page on the journal has them.
 *
 * @param writtenMillis by the clock of the node that wrote it
 */
public record JournalRow(long writtenMillis, Recorded recorded) {
  private static final int CHECKSUM_AT = 1;
  private static final int TIMESTAMP_AT = 5;

  /**
   * @throws IllegalArgumentException if they are damaged, or no recorded event
   */
  public static JournalRow read(String id, long number, byte[] bytes) {
    ByteBuffer row = ByteBuffer.wrap(bytes);
    int told = row.getInt(CHECKSUM_AT);
    if (told != checksum(id, number, bytes)) {
      throw new IllegalArgumentException("its checksum is wrong");
    }
    row.position(TIMESTAMP_AT);
    long writtenMillis = row.getLong();
    text(row); // writer
    text(row); // manifest of the adapter
    byte metadata = row.get();
    row.getInt(); // serializer
    String manifest = text(row);
    if (metadata != 0 || !manifest.equals("recorded-1")) {
      throw new IllegalArgumentException("it is " + manifest + ", not recorded-1");
    }
    try {
      return new JournalRow(writtenMillis, Recorded.parseFrom(row.slice()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("its message can't be read", e);
    }
  }

  static int checksum(String id, long number, byte[] row) {
    CRC32C sum = new CRC32C();
    sum.update(id.getBytes(StandardCharsets.UTF_8));
    sum.update(0);
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    sum.update(row, 0, CHECKSUM_AT);
    sum.update(row, TIMESTAMP_AT, row.length - TIMESTAMP_AT);
    return (int) sum.getValue();
  }

  /** The event times of a batch. */
  public static long[] times(Batch batch) {
    long[] times = new long[batch.getSamples().getTimeDeltasCount()];
    long time = 0;
    for (int i = 0; i < times.length; i++) {
      time += batch.getSamples().getTimeDeltas(i);
      times[i] = time;
    }
    return times;
  }

  /** The values of a batch. */
  public static double[] values(Batch batch) {
    return batch.getSamples().getValuesList().stream().mapToDouble(v -> v).toArray();
  }

  private static String text(ByteBuffer row) {
    byte[] utf8 = new byte[Short.toUnsignedInt(row.getShort())];
    row.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
