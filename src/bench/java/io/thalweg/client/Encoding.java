package io.thalweg.client;

import io.grpc.Drainable;
import io.thalweg.v1.Series;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Gives a benchmark what a producer does with a batch before it is on the wire. */
public final class Encoding {
  private Encoding() {}

  /** Writes a batch's request to where nobody reads it. */
  public static int write(List<Series> batch, long sequence) {
    EncodedRequest request = EncodedRequest.of("s", "producer", sequence, EncodedSeries.of(batch));
    try (InputStream bytes = EncodedRequest.INGEST.streamRequest(request)) {
      return ((Drainable) bytes).drainTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
