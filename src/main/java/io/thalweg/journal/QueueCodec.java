package io.thalweg.journal;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.thalweg.codec.OutcomeCodec;
import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.Outcome;
import io.thalweg.journal.v1.QueuedResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Rows of queues: the format (1), a CRC-32C of all that follows (4, big-endian), and the message
 * {@code QueuedResults}.
 */
final class QueueCodec {
  private static final byte FORMAT = 1;
  private static final int CRC_AT = 1;
  private static final int BODY_AT = CRC_AT + Integer.BYTES;

  private QueueCodec() {}

  /** What a queue wants of an event; null where that is nothing. */
  static byte @Nullable [] encode(
      ResultQueue queue, String persistenceId, long version, long millis, List<Outcome> outcomes) {
    io.thalweg.journal.v1.QueuedResults.@Nullable Builder message = null;
    for (int i = 0; i < outcomes.size(); i++) {
      if (queue.wanted().test(outcomes.get(i))) {
        if (message == null) {
          message =
              io.thalweg.journal.v1.QueuedResults.newBuilder()
                  .setPersistenceId(persistenceId)
                  .setVersion(version)
                  .setWrittenMillis(millis);
        }
        message.addResults(
            QueuedResult.newBuilder().setIndex(i).setOutcome(OutcomeCodec.encode(outcomes.get(i))));
      }
    }
    return message == null ? null : row(message.build());
  }

  private static byte[] row(io.thalweg.journal.v1.QueuedResults message) {
    byte[] row = new byte[BODY_AT + message.getSerializedSize()];
    row[0] = FORMAT;
    CodedOutputStream body = CodedOutputStream.newInstance(row, BODY_AT, row.length - BODY_AT);
    try {
      message.writeTo(body);
    } catch (IOException e) {
      throw new IllegalStateException("a message is longer than its size", e);
    }
    ByteBuffer.wrap(row).putInt(CRC_AT, crc(row));
    return row;
  }

  /**
   * Reads a row.
   *
   * @throws DamagedJournalException if it is not as it was written
   */
  static QueuedResults decode(String queue, int shard, long number, byte[] row) {
    String place = "queue " + queue + ", shard " + shard;
    if (row.length < BODY_AT || row[0] != FORMAT) {
      throw new DamagedJournalException(place, number, "its row has an unknown format");
    }
    if (ByteBuffer.wrap(row).getInt(CRC_AT) != crc(row)) {
      throw new DamagedJournalException(place, number, "its checksum is wrong");
    }
    try {
      io.thalweg.journal.v1.QueuedResults message =
          io.thalweg.journal.v1.QueuedResults.parseFrom(
              ByteBuffer.wrap(row, BODY_AT, row.length - BODY_AT));
      List<QueuedResults.Numbered> results = new ArrayList<>(message.getResultsCount());
      for (QueuedResult result : message.getResultsList()) {
        results.add(
            new QueuedResults.Numbered(
                result.getIndex(), OutcomeCodec.decode(result.getOutcome())));
      }
      return new QueuedResults(
          shard,
          number,
          PersistenceIds.parse(message.getPersistenceId()),
          message.getVersion(),
          message.getWrittenMillis(),
          results);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      DamagedJournalException damage =
          new DamagedJournalException(place, number, "it can't be read: " + e.getMessage());
      damage.initCause(e);
      throw damage;
    }
  }

  private static int crc(byte[] row) {
    CRC32C crc = new CRC32C();
    crc.update(row, BODY_AT, row.length - BODY_AT);
    return (int) crc.getValue();
  }
}
