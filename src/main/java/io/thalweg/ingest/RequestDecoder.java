package io.thalweg.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.sample.Batch;
import io.thalweg.rpc.Excerpt;
import io.thalweg.rpc.Statuses;
import io.thalweg.v1.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests of one call into batches. It remembers the stream that the call's first request
 * named; one decoder serves one call, on one thread at a time.
 *
 * <p>A request is taken apart in arrays that belong to the thread, so that what is made for a
 * series is what the batch needs: its key, its times and its values.
 */
final class RequestDecoder {
  private static final ThreadLocal<Workspace> WORKSPACE = ThreadLocal.withInitial(Workspace::new);

  private final String method;
  private final Map<String, StreamDefinition> streams;
  private final IngestSettings settings;
  private final LongSupplier clockNanos;
  private final KnownText knownStream = new KnownText();
  private final KnownText knownProducer = new KnownText();
  private String stream = "";

  /** What a thread decodes with. */
  private record Workspace(RequestColumns request, SeriesByKey accepted) {
    private static final int SERIES_KEPT_MAX = 1 << 15;
    private static final int SAMPLES_KEPT_MAX = 1 << 17;

    Workspace() {
      this(new RequestColumns(), new SeriesByKey());
    }

    void end() {
      accepted.end();
      request.end();
      if (request.seriesRoom() > SERIES_KEPT_MAX || request.samplesRoom() > SAMPLES_KEPT_MAX) {
        WORKSPACE.remove();
      }
    }
  }

  /**
   * @param method that the requests are of
   * @param streams the definitions by name
   * @param clockNanos the server's clock, nanoseconds since 1970
   */
  RequestDecoder(
      String method,
      Map<String, StreamDefinition> streams,
      IngestSettings settings,
      LongSupplier clockNanos) {
    this.method = method;
    this.streams = streams;
    this.settings = settings;
    this.clockNanos = clockNanos;
  }

  /**
   * @param bytes an {@link io.thalweg.v1.IngestRequest} as it is on the wire, if it is one
   */
  Decoded decode(byte[] bytes) {
    Workspace workspace = WORKSPACE.get();
    try {
      RequestReader.read(bytes, workspace.request());
      return decode(workspace);
    } catch (InvalidProtocolBufferException noMessage) {
      return new Decoded.Invalid(Statuses.notAMessage(method, noMessage).asRuntimeException());
    } finally {
      workspace.end();
    }
  }

  private Decoded decode(Workspace workspace) {
    RequestColumns request = workspace.request();
    if (request.stream.length() > 0) {
      stream = knownStream.of(request.bytes(), request.stream);
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
    return accept(workspace, definition);
  }

  private @Nullable Status flawOf(RequestColumns request) {
    if (stream.isEmpty()) {
      return Status.INVALID_ARGUMENT.withDescription("the request names no stream");
    }
    int producerBytes = request.producer.length();
    if (producerBytes > settings.producerBytesMax()) {
      return Status.INVALID_ARGUMENT.withDescription(
          "the producer id is %,d bytes long in UTF-8, and at most %,d are taken"
              .formatted(producerBytes, settings.producerBytesMax()));
    }
    if (producerBytes > 0 && request.sequence() <= 0) {
      return Status.INVALID_ARGUMENT.withDescription(
          "producer '%s' must number its batches from 1 to 2^63 - 1, and sent %s"
              .formatted(
                  Excerpt.of(knownProducer.of(request.bytes(), request.producer)),
                  Long.toUnsignedString(request.sequence())));
    }
    if (request.series() > settings.seriesPerRequestMax()) {
      return Status.INVALID_ARGUMENT.withDescription(
          "the request has %,d series, and at most %,d are taken"
              .formatted(request.series(), settings.seriesPerRequestMax()));
    }
    return null;
  }

  private Decoded accept(Workspace workspace, StreamDefinition definition) {
    RequestColumns request = workspace.request();
    SeriesByKey accepted = workspace.accepted();
    List<Rejection> rejections = new ArrayList<>(0);
    long nowNanos = clockNanos.getAsLong();
    SeriesCheck check =
        new SeriesCheck(
            settings, request, rejections, nowNanos, definition.time().futureBoundNanos());
    accepted.begin(request.series());
    for (int place = 0; place < request.series(); place++) {
      String key = check.key(place);
      int samples = key == null ? SeriesCheck.REFUSED : check.samples(place, key);
      if (rejections.size() > settings.seriesPerRequestMax()) {
        return tooManyRejections(rejections);
      }
      if (key != null && samples != SeriesCheck.REFUSED) {
        accepted.add(place, key, samples);
      }
    }
    String producer = knownProducer.of(request.bytes(), request.producer);
    Batch batch =
        new Batch(
            definition.name(),
            producer,
            producer.isEmpty() ? 0 : request.sequence(),
            accepted.series(request, nowNanos));
    return new Decoded.Valid(
        request.sequence(), batch, accepted.places(request.series()), rejections);
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
