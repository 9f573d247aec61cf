package io.thalweg.ingest;

import io.grpc.MethodDescriptor;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.rpc.RequestBytes;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.IngestServiceGrpc;
import java.io.ByteArrayInputStream;
import java.util.Map;

/** Gives a benchmark the decoder of a call. */
public final class Decoding {
  private static final MethodDescriptor<byte[], IngestResponse> METHOD =
      RequestBytes.of(IngestServiceGrpc.getIngestMethod());

  private final RequestDecoder decoder;

  /**
   * @param nowNanos what the server's clock says, nanoseconds since 1970
   */
  public Decoding(StreamDefinition stream, long nowNanos) {
    this.decoder =
        new RequestDecoder(
            "Ingest",
            Map.of(stream.name(), stream),
            new IngestSettings(512, 256, 10_000),
            () -> nowNanos);
  }

  /** Reads a request as it comes from the wire; tells how many series it has. */
  public int seriesOf(byte[] request) {
    return switch (decoder.decode(METHOD.parseRequest(new ByteArrayInputStream(request)))) {
      case Decoded.Valid valid -> valid.batch().series().size();
      case Decoded.Invalid invalid -> throw invalid.status();
    };
  }
}
