package io.thalweg.ingest;

import io.grpc.Status;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.sample.Batch;
import io.thalweg.rpc.Excerpt;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests of one call into batches. It remembers the stream that the call's first request
 * named; one decoder serves one call, on one thread at a time.
 */
final class RequestDecoder {
  private final Map<String, StreamDefinition> streams;
  private final IngestSettings settings;
  private final LongSupplier clockNanos;
  private String stream = "";

  /**
   * @param streams the definitions by name
   * @param clockNanos the server's clock, nanoseconds since 1970
   */
  RequestDecoder(
      Map<String, StreamDefinition> streams, IngestSettings settings, LongSupplier clockNanos) {
    this.streams = streams;
    this.settings = settings;
    this.clockNanos = clockNanos;
  }

  Decoded decode(IngestRequest request) {
    if (!request.getStream().isEmpty()) {
      stream = request.getStream();
    }
    Status flaw = flawOf(request);
    if (flaw != null) {
      return new Decoded.Invalid(flaw.asRuntimeException());
    }
    StreamDefinition definition = streams.get(stream);
    if (definition == null) {
      return new Decoded.Invalid(
          Status.NOT_FOUND
              .withDescription("there is no stream '" + Excerpt.of(stream) + "'")
              .asRuntimeException());
    }
    return accept(request, definition);
  }

  private @Nullable Status flawOf(IngestRequest request) {
    if (stream.isEmpty()) {
      return Status.INVALID_ARGUMENT.withDescription("the request names no stream");
    }
    int producerBytes = request.getProducerIdBytes().size();
    if (producerBytes > settings.producerBytesMax()) {
      return Status.INVALID_ARGUMENT.withDescription(
          "the producer id is %,d bytes long in UTF-8, and at most %,d are taken"
              .formatted(producerBytes, settings.producerBytesMax()));
    }
    if (producerBytes > 0 && request.getSequence() <= 0) {
      return Status.INVALID_ARGUMENT.withDescription(
          "producer '%s' must number its batches from 1 to 2^63 - 1, and sent %s"
              .formatted(
                  Excerpt.of(request.getProducerId()),
                  Long.toUnsignedString(request.getSequence())));
    }
    if (request.getSeriesCount() > settings.seriesPerRequestMax()) {
      return Status.INVALID_ARGUMENT.withDescription(
          "the request has %,d series, and at most %,d are taken"
              .formatted(request.getSeriesCount(), settings.seriesPerRequestMax()));
    }
    return null;
  }

  private Decoded accept(IngestRequest request, StreamDefinition definition) {
    SeriesCheck check =
        new SeriesCheck(settings, clockNanos.getAsLong(), definition.time().futureBoundNanos());
    List<Rejection> rejections = new ArrayList<>(0);
    SeriesByKey accepted = new SeriesByKey(request.getSeriesCount());
    for (int i = 0; i < request.getSeriesCount(); i++) {
      io.thalweg.v1.Series series = request.getSeries(i);
      SeriesCheck.Accepted samples = check.check(i, series, rejections);
      if (rejections.size() > settings.seriesPerRequestMax()) {
        return tooManyRejections(rejections);
      }
      if (samples != null) {
        accepted.add(i, series.getKey(), samples);
      }
    }
    boolean numbered = !request.getProducerId().isEmpty();
    return new Decoded.Valid(
        request.getSequence(),
        new Batch(
            stream,
            request.getProducerId(),
            numbered ? request.getSequence() : 0,
            accepted.series()),
        accepted.places(),
        rejections);
  }

  private Decoded tooManyRejections(List<Rejection> rejections) {
    return new Decoded.Invalid(
        Status.INVALID_ARGUMENT
            .withDescription(
                "more than %,d samples and series of the request are refused, and nothing of it is stored; the first, of series %d: %s"
                    .formatted(
                        settings.seriesPerRequestMax(),
                        rejections.getFirst().getSeriesIndex(),
                        rejections.getFirst().getMessage()))
            .asRuntimeException());
  }
}
