package io.thalweg.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads an {@link IngestRequest} from the wire into columns, by the rules of the parser that protoc
 * makes: of a field that comes twice the last one counts, numbers come packed or one by one,
 * unknown fields are read and left out, so that the same is refused, texts must be UTF-8.
 *
 * <p>Why not by that parser? It makes some ten objects for a series, of which two are needed. With
 * a thousand series of one sample in each request that was the better part of a node's garbage.
 */
final class RequestReader {
  private static final int STREAM =
      IngestRequest.STREAM_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int PRODUCER =
      IngestRequest.PRODUCER_ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int SEQUENCE =
      IngestRequest.SEQUENCE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
  private static final int SERIES =
      IngestRequest.SERIES_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int KEY =
      Series.KEY_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int TIME =
      Series.TIME_UNIX_NANO_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64;
  private static final int TIMES =
      Series.TIME_UNIX_NANO_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int VALUE = Series.VALUES_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64;
  private static final int VALUES =
      Series.VALUES_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private static final VarHandle FIXED64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final CodedInputStream in;
  private final RequestColumns columns;

  private RequestReader(byte[] bytes, RequestColumns columns) {
    this.bytes = bytes;
    this.in = CodedInputStream.newInstance(bytes);
    this.columns = columns;
  }

  /**
   * Puts a request into columns.
   *
   * @throws InvalidProtocolBufferException the bytes are no such message, as protobuf puts it
   */
  static void read(byte[] request, RequestColumns columns) throws InvalidProtocolBufferException {
    columns.begin(request);
    RequestReader reader = new RequestReader(request, columns);
    try {
      while (reader.readField(reader.in.readTag())) {}
      reader.in.checkLastTagWas(0);
    } catch (InvalidProtocolBufferException noMessage) {
      throw noMessage;
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can't be read", e);
    }
  }

  /** False: the message ends here. */
  private boolean readField(int tag) throws IOException {
    switch (tag) {
      case 0 -> {
        return false;
      }
      case STREAM -> readHeaderText(columns.stream);
      case PRODUCER -> readHeaderText(columns.producer);
      case SEQUENCE -> columns.setSequence(in.readUInt64());
      case SERIES -> readSeries();
      default -> {
        return UnknownFieldSet.newBuilder().mergeFieldFrom(tag, in);
      }
    }
    return true;
  }

  private void readHeaderText(RequestColumns.Text text) throws IOException {
    int length = in.readRawVarint32();
    int at = skipped(length);
    requireUtf8(at, length);
    text.set(at, length);
  }

  private void readSeries() throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    columns.addSeries();
    while (readSeriesField(in.readTag())) {}
    columns.endSeries();
    in.checkLastTagWas(0);
    in.popLimit(outer);
  }

  private boolean readSeriesField(int tag) throws IOException {
    switch (tag) {
      case 0 -> {
        return false;
      }
      case KEY -> readKey();
      case TIME -> columns.addTime(in.readSFixed64());
      case TIMES -> {
        int at = readPacked();
        for (int end = in.getTotalBytesRead(); at < end; at += Long.BYTES) {
          columns.addTime((long) FIXED64.get(bytes, at));
        }
      }
      case VALUE -> columns.addValue(in.readDouble());
      case VALUES -> {
        int at = readPacked();
        for (int end = in.getTotalBytesRead(); at < end; at += Long.BYTES) {
          columns.addValue(Double.longBitsToDouble((long) FIXED64.get(bytes, at)));
        }
      }
      default -> {
        return UnknownFieldSet.newBuilder().mergeFieldFrom(tag, in);
      }
    }
    return true;
  }

  private void readKey() throws IOException {
    int length = in.readRawVarint32();
    int at = skipped(length);
    boolean plain = isPlain(at, length);
    if (!plain) {
      requireUtf8(at, length);
    }
    columns.setKey(at, length, plain);
  }

  /** Goes behind the numbers of a packed field; returns where the first one is. */
  private int readPacked() throws IOException {
    int length = in.readRawVarint32();
    int at = skipped(length);
    if (length % Long.BYTES != 0) {
      throw new InvalidProtocolBufferException(
          "a packed field of %,d bytes has a part of a number".formatted(length));
    }
    return at;
  }

  private int skipped(int length) throws IOException {
    int at = in.getTotalBytesRead();
    in.skipRawBytes(length);
    return at;
  }

  /** Whether there is nothing but printable ASCII, one byte for each character. */
  private boolean isPlain(int at, int length) {
    int odd = 0;
    for (int i = at; i < at + length; i++) {
      odd |= (bytes[i] - ' ') | ('~' - bytes[i]);
    }
    return odd >= 0;
  }

  private void requireUtf8(int at, int length) throws InvalidProtocolBufferException {
    if (!UnsafeByteOperations.unsafeWrap(bytes, at, length).isValidUtf8()) {
      throw new InvalidProtocolBufferException("Protocol message had invalid UTF-8.");
    }
  }
}
