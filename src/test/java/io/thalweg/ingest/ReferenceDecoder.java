package io.thalweg.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import io.grpc.Status;
import io.thalweg.rpc.Excerpt;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.Rejection;
import io.thalweg.v1.Series;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of the edge once more, without a thought of what they cost: protoc's parser, a map, and
 * one sample after the other.
 */
final class ReferenceDecoder {
  private final String known;
  private final IngestSettings settings;
  private final long now;
  private final long futureBound;
  private String stream = "";

  /** The samples of a key, and where they came from. */
  private record Gathered(List<Integer> places, List<Long> times, List<Double> values) {
    Gathered() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  ReferenceDecoder(String known, IngestSettings settings, long now, long futureBound) {
    this.known = known;
    this.settings = settings;
    this.now = now;
    this.futureBound = futureBound;
  }

  DecodedRequest decode(byte[] bytes) {
    IngestRequest request;
    try {
      request = IngestRequest.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      return invalid("the request is not a message");
    }
    stream = request.getStream().isEmpty() ? stream : request.getStream();
    String producer = request.getProducerId();
    int producerBytes = length(producer);
    if (stream.isEmpty()) {
      return invalid("the request names no stream");
    } else if (producerBytes > settings.producerBytesMax()) {
      return invalid(
          "the producer id is %,d bytes long in UTF-8, and at most %,d are taken"
              .formatted(producerBytes, settings.producerBytesMax()));
    } else if (!producer.isEmpty() && request.getSequence() <= 0) {
      return invalid(
          "producer '%s' must number its batches from 1 to 2^63 - 1, and sent %s"
              .formatted(Excerpt.of(producer), Long.toUnsignedString(request.getSequence())));
    } else if (request.getSeriesCount() > settings.seriesPerRequestMax()) {
      return invalid(
          "the request has %,d series, and at most %,d are taken"
              .formatted(request.getSeriesCount(), settings.seriesPerRequestMax()));
    } else if (!stream.equals(known)) {
      return new DecodedRequest.Invalid(
          Status.Code.NOT_FOUND, "there is no stream '" + Excerpt.of(stream) + "'");
    }
    return accept(request);
  }

  private DecodedRequest accept(IngestRequest request) {
    List<Rejection> rejections = new ArrayList<>();
    Map<String, Gathered> byKey = new LinkedHashMap<>();
    for (int place = 0; place < request.getSeriesCount(); place++) {
      Series series = request.getSeries(place);
      Optional<String> flaw = flaw(series);
      if (flaw.isPresent()) {
        rejections.add(rejection(place, flaw.get()).build());
      } else {
        gather(place, series, byKey, rejections);
      }
    }
    if (rejections.size() > settings.seriesPerRequestMax()) {
      return invalid(
          "more than %,d samples and series of the request are refused, and nothing of it is stored; the first, of series %d: %s"
              .formatted(
                  settings.seriesPerRequestMax(),
                  rejections.getFirst().getSeriesIndex(),
                  rejections.getFirst().getMessage()));
    }
    List<DecodedRequest.OfKey> series = new ArrayList<>();
    byKey.forEach((key, g) -> series.add(new DecodedRequest.OfKey(key, g.times, g.values)));
    return new DecodedRequest.Valid(
        request.getSequence(),
        stream,
        request.getProducerId(),
        request.getProducerId().isEmpty() ? 0 : request.getSequence(),
        series,
        byKey.values().stream().map(Gathered::places).toList(),
        rejections);
  }

  private void gather(
      int place, Series series, Map<String, Gathered> byKey, List<Rejection> rejections) {
    Gathered good = new Gathered();
    for (int i = 0; i < series.getValuesCount(); i++) {
      long time = series.getTimeUnixNanoCount() == 0 ? now : series.getTimeUnixNano(i);
      Optional<String> flaw = flaw(time, series.getValues(i));
      if (flaw.isPresent()) {
        rejections.add(rejection(place, flaw.get()).setSampleIndex(i).build());
      } else {
        good.times.add(time);
        good.values.add(series.getValues(i));
      }
    }
    if (!good.values.isEmpty() || series.getValuesCount() == 0) {
      Gathered all = byKey.computeIfAbsent(series.getKey(), key -> new Gathered());
      all.places.add(place);
      all.times.addAll(good.times);
      all.values.addAll(good.values);
    }
  }

  private Optional<String> flaw(Series series) {
    String key = series.getKey();
    if (key.isEmpty()) {
      return Optional.of("the key is empty");
    }
    if (length(key) > settings.keyBytesMax()) {
      return Optional.of(
          "the key '%s' is %,d bytes long in UTF-8, and at most %,d are taken"
              .formatted(Excerpt.of(key), length(key), settings.keyBytesMax()));
    }
    for (int i = 0; i < key.length(); i++) {
      if (Character.isISOControl(key.charAt(i))) {
        return Optional.of(
            "the key '%s' has the control character U+%04X at position %d"
                .formatted(Excerpt.of(key), (int) key.charAt(i), i));
      }
    }
    int times = series.getTimeUnixNanoCount();
    return times == 0 || times == series.getValuesCount()
        ? Optional.empty()
        : Optional.of(
            "the series of key '%s' has %,d times and %,d values; both must be as many, or the times left out"
                .formatted(Excerpt.of(key), times, series.getValuesCount()));
  }

  private Optional<String> flaw(long time, double value) {
    if (!Double.isFinite(value)) {
      return Optional.of("the value " + value + " is not finite");
    } else if (time < 0) {
      return Optional.of("the time " + time + " ns (" + instant(time) + ") is before 1970");
    } else if (time - now > futureBound) {
      return Optional.of(
          "the time %s is more than %s s ahead of the server's clock, %s"
              .formatted(instant(time), futureBound / 1_000_000_000, instant(now)));
    }
    return Optional.empty();
  }

  private static Instant instant(long nanos) {
    return Instant.EPOCH.plusNanos(nanos);
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Rejection.Builder rejection(int place, String message) {
    return Rejection.newBuilder()
        .setSeriesIndex(place)
        .setCode(Code.INVALID_ARGUMENT)
        .setMessage(message);
  }

  private static DecodedRequest invalid(String why) {
    return new DecodedRequest.Invalid(Status.Code.INVALID_ARGUMENT, why);
  }
}
