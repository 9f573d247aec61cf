package io.thalweg.ingest;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.thalweg.domain.key.BatchResult;
import io.thalweg.route.RouteResult;
import io.thalweg.rpc.Statuses;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Rejection;

/** What the keys said, as the answer to the request. */
final class Responses {
  private Responses() {}

  /**
   * @throws StatusRuntimeException UNAVAILABLE with RetryInfo, where the outcome is unknown
   */
  static IngestResponse response(Decoded.Valid request, RouteResult result) {
    return switch (result) {
      case RouteResult.Answered answered -> response(request, answered);
      case RouteResult.Unavailable unavailable ->
          throw Statuses.unavailable(
              unavailable.reason()
                  + "; what became of the batch is unknown, send it again unchanged");
    };
  }

  private static IngestResponse response(Decoded.Valid request, RouteResult.Answered answered) {
    IngestResponse.Builder response =
        IngestResponse.newBuilder()
            .setSequence(request.sequence())
            .setRecorded(answered.recorded())
            .setDuplicate(answered.duplicate())
            .setLate(answered.late())
            .addAllRejections(request.rejections());
    for (RouteResult.Refusal refusal : answered.refusals()) {
      Places places = request.places();
      for (int p = places.first(refusal.series()); p >= 0; p = places.next(p)) {
        response.addRejections(rejection(refusal).setSeriesIndex(p));
      }
    }
    return response.build();
  }

  private static Rejection.Builder rejection(RouteResult.Refusal refusal) {
    return switch (refusal) {
      case RouteResult.Refusal.ByKey byKey -> rejection(byKey.reason());
      case RouteResult.Refusal.KeyUnreadable unreadable ->
          Rejection.newBuilder().setCode(Code.DATA_LOSS).setMessage(unreadable.reason());
    };
  }

  private static Rejection.Builder rejection(BatchResult.Refused reason) {
    return switch (reason) {
      case BatchResult.Stale stale ->
          Rejection.newBuilder()
              .setCode(Code.OUT_OF_RANGE)
              .setMessage(
                  "batch %d is more than 256 below the producer's highest for this key, %d: whether it was counted is no longer known"
                      .formatted(stale.sequence(), stale.highest()));
      case BatchResult.TooManyProducers many ->
          Rejection.newBuilder()
              .setCode(Code.RESOURCE_EXHAUSTED)
              .setMessage(
                  "the key remembers %d producers already, as many as it may"
                      .formatted(many.limit()));
    };
  }
}
