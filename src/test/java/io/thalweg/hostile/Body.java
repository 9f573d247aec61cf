package io.thalweg.hostile;

import com.google.protobuf.MessageLite;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Bodies of calls of gRPC: messages with a flag and a length in front, which may be lies. */
final class Body {
  static final String INGEST = "/thalweg.v1.IngestService/Ingest";
  static final String INGEST_BATCH = "/thalweg.v1.IngestService/IngestBatch";
  private static final int PREFIX_BYTES = 5;

  private Body() {}

  static byte[] of(MessageLite message) {
    return of(message.toByteArray());
  }

  static byte[] of(byte[] message) {
    return of(0, message.length, message);
  }

  static byte[] of(int flag, int length, byte[] message) {
    return ByteBuffer.allocate(PREFIX_BYTES + message.length)
        .put((byte) flag)
        .putInt(length)
        .put(message)
        .array();
  }

  /** The message in a body of a response. */
  static byte[] message(byte[] body) {
    byte[] message = new byte[Math.max(0, body.length - PREFIX_BYTES)];
    System.arraycopy(body, PREFIX_BYTES, message, 0, message.length);
    return message;
  }

  static byte[] zipped(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return zipped.toByteArray();
  }

  /** A request with one sample of a key. */
  static IngestRequest sample(String key) {
    return IngestRequest.newBuilder()
        .setStream(Target.STREAM)
        .addSeries(Series.newBuilder().setKey(key).addValues(1))
        .build();
  }
}
