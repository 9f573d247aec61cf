package io.thalweg.node;

import static io.thalweg.node.TestNode.request;
import static io.thalweg.node.TestNode.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.stub.StreamObserver;
import io.thalweg.v1.WatchRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that nobody ends must not hold up a node that stops. */
class OpenCallsAtStopIT {
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(5);

  @TempDir Path data;

  @Test
  void openCallsEndUnavailableLongBeforeTheDrainTimeout() throws Exception {
    try (TestNode node = TestNode.start(data)) {
      End<Object> health = new End<>();
      HealthGrpc.newStub(node.channel())
          .watch(HealthCheckRequest.getDefaultInstance(), health.as());
      End<Object> reflection = new End<>();
      ServerReflectionGrpc.newStub(node.channel())
          .serverReflectionInfo(reflection.as())
          .onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      End<Object> ingest = new End<>();
      node.ingestAsync().ingest(ingest.as()).onNext(request("counts", "p", 1, series("k", 1, 1)));
      End<Object> watch = new End<>();
      node.queryAsync()
          .watch(WatchRequest.newBuilder().setStream("counts").setStates(true).build(), watch.as());
      for (End<Object> open : List.of(health, reflection, ingest)) {
        open.first.get(10, TimeUnit.SECONDS);
      }

      long start = System.nanoTime();
      node.node().close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DRAIN_TIMEOUT);
      for (End<Object> open : List.of(health, reflection, ingest, watch)) {
        assertThat(open.status.get(10, TimeUnit.SECONDS).getCode())
            .isEqualTo(Status.Code.UNAVAILABLE);
      }
    }
  }

  /** Hears a call's first response and its end. */
  private static final class End<T> {
    private final CompletableFuture<T> first = new CompletableFuture<>();
    private final CompletableFuture<Status> status = new CompletableFuture<>();

    <R extends T> StreamObserver<R> as() {
      return new StreamObserver<>() {
        @Override
        public void onNext(R response) {
          first.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
          status.complete(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
          status.complete(Status.OK);
        }
      };
    }
  }
}
