package io.thalweg.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final RandomGenerator NO_JITTER = () -> 0;
  private static final CallFailure FAILURE = CallFailure.unavailable("gone");
  private static final RetryPolicy POLICY =
      new RetryPolicy(
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Optional.of(Duration.ofSeconds(10)));

  private final Backoff backoff = new Backoff(POLICY, NO_JITTER);

  @Test
  void waitsDoubleUpToTheBoundAndHalfIsCertain() {
    assertThat(wait(FAILURE)).isEqualTo(Duration.ofMillis(50));
    assertThat(wait(FAILURE)).isEqualTo(Duration.ofMillis(100));
    assertThat(wait(FAILURE)).isEqualTo(Duration.ofMillis(200));
    assertThat(wait(FAILURE)).isEqualTo(Duration.ofMillis(250));
    backoff.succeeded();
    assertThat(wait(FAILURE)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void theServersWishIsHonoured() {
    RetryInfo wish =
        RetryInfo.newBuilder()
            .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(3))
            .build();
    Status status =
        Status.newBuilder()
            .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
            .addDetails(Any.pack(wish))
            .build();
    CallFailure failure = CallFailure.of(StatusProto.toStatusRuntimeException(status));
    assertThat(failure.isTransient()).isTrue();
    assertThat(wait(failure)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void patienceEnds() {
    assertThat(backoff.afterFailure(FAILURE, Duration.ofMillis(9_990)))
        .contains(Duration.ofMillis(10));
    assertThat(backoff.afterFailure(FAILURE, Duration.ofSeconds(10))).isEmpty();
  }

  private Duration wait(CallFailure failure) {
    return backoff.afterFailure(failure, Duration.ZERO).orElseThrow();
  }
}
