package io.thalweg.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a call failed.
 *
 * @param retryAfter what the server asks to wait; empty: it says nothing of it
 */
record CallFailure(Status status, Optional<Duration> retryAfter) {

  static CallFailure of(Throwable thrown) {
    return new CallFailure(Status.fromThrowable(thrown), retryInfo(thrown));
  }

  static CallFailure unavailable(String why) {
    return new CallFailure(Status.UNAVAILABLE.withDescription(why), Optional.empty());
  }

  /** The outcome is unknown or the server asks for a retry: the same request may succeed later. */
  boolean isTransient() {
    return retryAfter.isPresent()
        || switch (status.getCode()) {
          case UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, CANCELLED -> true;
          default -> false;
        };
  }

  ThalwegException toException(String doing) {
    return new ThalwegException(status.getCode(), doing + ": " + reason(), status.asException());
  }

  /** What the server said and, of a lost connection, what the network said. */
  String reason() {
    StringBuilder text = new StringBuilder(status.getCode().name());
    if (status.getDescription() != null) {
      text.append(": ").append(status.getDescription());
    }
    Throwable cause = status.getCause();
    if (cause != null && cause.getMessage() != null) {
      text.append(": ").append(cause.getMessage());
    }
    return text.toString();
  }

  private static Optional<Duration> retryInfo(Throwable thrown) {
    com.google.rpc.Status details = StatusProto.fromThrowable(thrown);
    if (details == null) {
      return Optional.empty();
    }
    return details.getDetailsList().stream()
        .filter(detail -> detail.is(RetryInfo.class))
        .findFirst()
        .flatMap(CallFailure::delay);
  }

  private static Optional<Duration> delay(Any detail) {
    try {
      var delay = detail.unpack(RetryInfo.class).getRetryDelay();
      return Optional.of(Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty(); // a hint that can't be read is no hint
    }
  }
}
