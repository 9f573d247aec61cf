package io.thalweg.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.JournalUnavailableException;
import io.thalweg.domain.key.NoLongerKeptException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gRPC statuses of what can go wrong. */
public final class Statuses {
  private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);
  private static final int RETRY_AFTER_MILLIS = 500;

  private Statuses() {}

  /** The status that a call fails with. What has no name is logged, and INTERNAL. */
  public static StatusRuntimeException of(Throwable failure) {
    Throwable cause = failure.getCause();
    if (failure instanceof CompletionException && cause != null) {
      return of(cause);
    }
    return switch (failure) {
      case StatusRuntimeException status -> status;
      case DamagedJournalException damaged ->
          Status.DATA_LOSS.withDescription(damaged.getMessage()).asRuntimeException();
      case NoLongerKeptException gone ->
          Status.OUT_OF_RANGE.withDescription(gone.getMessage()).asRuntimeException();
      case JournalUnavailableException down ->
          unavailable("the journal can't be read: " + down.getMessage());
      case TimeoutException timeout -> unavailable("the key did not answer in time");
      default -> {
        LOG.error("a call failed unexpectedly", failure);
        yield Status.INTERNAL.withDescription(failure.toString()).asRuntimeException();
      }
    };
  }

  /** INVALID_ARGUMENT: the bytes that came are not what the method takes. */
  public static Status notAMessage(String method, InvalidProtocolBufferException why) {
    return Status.INVALID_ARGUMENT.withDescription(
        "the request is not a message of %s: %s".formatted(method, why.getMessage()));
  }

  /** UNAVAILABLE with RetryInfo: the same call may be made again. */
  public static StatusRuntimeException unavailable(String reason) {
    RetryInfo retry =
        RetryInfo.newBuilder()
            .setRetryDelay(Duration.newBuilder().setNanos(RETRY_AFTER_MILLIS * 1_000_000))
            .build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Code.UNAVAILABLE_VALUE)
            .setMessage(reason)
            .addDetails(Any.pack(retry))
            .build());
  }
}
