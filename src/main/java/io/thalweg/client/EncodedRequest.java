package io.thalweg.client;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.IngestServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A request as it goes on the wire, once or again: the same bytes each time, and those that
 * protoc's classes would write.
 */
final class EncodedRequest {
  /** The method with requests that are encoded; the server can't tell the difference. */
  static final MethodDescriptor<EncodedRequest, IngestResponse> INGEST =
      IngestServiceGrpc.getIngestMethod().toBuilder(
              new Marshaller(), IngestServiceGrpc.getIngestMethod().getResponseMarshaller())
          .build();

  private final long sequence;
  private final byte[] header;
  private final byte[] series;

  private EncodedRequest(long sequence, byte[] header, byte[] series) {
    this.sequence = sequence;
    this.header = header;
    this.series = series;
  }

  static EncodedRequest of(String stream, String producerId, long sequence, EncodedSeries series) {
    IngestRequest header =
        IngestRequest.newBuilder()
            .setStream(stream)
            .setProducerId(producerId)
            .setSequence(sequence)
            .build();
    return new EncodedRequest(sequence, header.toByteArray(), series.bytes());
  }

  long sequence() {
    return sequence;
  }

  /** Its length in bytes. */
  int length() {
    return header.length + series.length;
  }

  /** Its bytes. */
  InputStream stream() {
    return new Bytes();
  }

  /** What gRPC writes to the wire without a copy of it. */
  private final class Bytes extends InputStream implements KnownLength, Drainable {
    private int at;

    @Override
    public int read() {
      if (at == length()) {
        return -1;
      }
      byte next = at < header.length ? header[at] : series[at - header.length];
      at++;
      return next & 0xFF;
    }

    @Override
    public int available() {
      return length() - at;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int drained = available();
      int fromHeader = Math.min(at, header.length);
      int fromSeries = at - fromHeader;
      target.write(header, fromHeader, header.length - fromHeader);
      target.write(series, fromSeries, series.length - fromSeries);
      at = length();
      return drained;
    }
  }

  /** Requests only go out. */
  private static final class Marshaller implements MethodDescriptor.Marshaller<EncodedRequest> {
    @Override
    public InputStream stream(EncodedRequest request) {
      return request.stream();
    }

    @Override
    public EncodedRequest parse(InputStream bytes) {
      throw new UnsupportedOperationException("a client reads no requests");
    }
  }
}
