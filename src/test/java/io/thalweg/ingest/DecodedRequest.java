package io.thalweg.ingest;

import io.grpc.Status;
import io.thalweg.domain.sample.Series;
import io.thalweg.v1.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What a decoder made of a request, so that two of them can be compared. */
sealed interface DecodedRequest {

  /** It can be delivered. */
  record Valid(
      long sequence,
      String stream,
      String producer,
      long batchSequence,
      List<OfKey> series,
      List<List<Integer>> places,
      List<Rejection> rejections)
      implements DecodedRequest {}

  /** The call fails. */
  record Invalid(Status.Code code, String why) implements DecodedRequest {}

  /** A series by its contents. */
  record OfKey(String key, List<Long> times, List<Double> values) {}

  static DecodedRequest of(Decoded decoded) {
    return switch (decoded) {
      case Decoded.Valid valid ->
          new Valid(
              valid.sequence(),
              valid.batch().stream(),
              valid.batch().producer(),
              valid.batch().sequence(),
              valid.batch().series().stream().map(DecodedRequest::of).toList(),
              placesOf(valid),
              valid.rejections());
      case Decoded.Invalid invalid -> {
        Status status = invalid.status().getStatus();
        yield new Invalid(status.getCode(), String.valueOf(status.getDescription()));
      }
    };
  }

  static List<List<Integer>> placesOf(Decoded.Valid valid) {
    return IntStream.range(0, valid.batch().series().size())
        .mapToObj(series -> placesOf(valid.places(), series))
        .toList();
  }

  private static List<Integer> placesOf(Places places, int series) {
    List<Integer> all = new ArrayList<>();
    for (int place = places.first(series); place >= 0; place = places.next(place)) {
      all.add(place);
    }
    return all;
  }

  private static OfKey of(Series series) {
    return new OfKey(
        series.key(),
        LongStream.of(series.timesNanos()).boxed().toList(),
        DoubleStream.of(series.values()).boxed().toList());
  }
}
