package io.thalweg.node;

import static io.thalweg.node.TestNode.request;
import static io.thalweg.node.TestNode.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.ListKeysRequest;
import io.thalweg.v1.ListKeysResponse;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node over gRPC. */
class NodeIT {
  @TempDir Path data;

  @Test
  void whatIsAcknowledgedIsThereAfterARestart() throws Exception {
    KeyState before;
    try (TestNode node = TestNode.start(data)) {
      IngestResponse response =
          node.ingest()
              .ingestBatch(request("counts", "p", 1, series("a", 1, 1, 2, 3), series("b", 1, 5)));
      assertThat(response.getRecorded()).isEqualTo(4);
      assertThat(response.getRejectionsList()).isEmpty();
      before = node.get("counts", "a");
      assertThat(before.getVersion()).isEqualTo(1);
      assertThat(before.getTotal().getCount()).isEqualTo(3);
      assertThat(before.getTotal().getMean()).isEqualTo(2);
    }
    try (TestNode node = TestNode.start(data)) {
      assertThat(node.get("counts", "a")).isEqualTo(before);
      IngestResponse again =
          node.ingest()
              .ingestBatch(request("counts", "p", 1, series("a", 1, 1, 2, 3), series("b", 1, 5)));
      assertThat(again.getRecorded()).isZero();
      assertThat(again.getDuplicate()).isEqualTo(4);
      assertThat(node.get("counts", "a")).isEqualTo(before);
    }
  }

  @Test
  void keysOfAnyTextAreKeptApartAndListed() throws Exception {
    List<String> keys = List.of("a|b", "a/b", "../x", "%2F", "🌊", "مفتاح", " ", "a b");
    try (TestNode node = TestNode.start(data)) {
      for (int i = 0; i < keys.size(); i++) {
        node.ingest().ingestBatch(request("counts", "p", i + 1, series(keys.get(i), 1, i)));
      }
      for (int i = 0; i < keys.size(); i++) {
        KeyState state = node.get("counts", keys.get(i));
        assertThat(state.getKey()).isEqualTo(keys.get(i));
        assertThat(state.getTotal().getSum()).isEqualTo(i);
      }
      List<String> listed = new ArrayList<>();
      ListKeysRequest.Builder page =
          ListKeysRequest.newBuilder().setStream("counts").setPageSize(3);
      do {
        ListKeysResponse response = node.query().listKeys(page.build());
        listed.addAll(response.getKeysList());
        page.setPageToken(response.getNextPageToken());
      } while (!page.getPageToken().isEmpty());
      assertThat(listed).containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  @Test
  void whatDoesNotExistIsNotFound() throws Exception {
    try (TestNode node = TestNode.start(data)) {
      assertThatThrownBy(() -> node.get("counts", "nobody"))
          .satisfies(failure -> assertStatus(failure, Status.Code.NOT_FOUND, "nobody"));
      assertThatThrownBy(() -> node.get("nothing", "a"))
          .satisfies(failure -> assertStatus(failure, Status.Code.NOT_FOUND, "nothing"));
      assertThatThrownBy(
              () ->
                  node.query()
                      .getKey(
                          GetKeyRequest.newBuilder()
                              .setStream("counts")
                              .setKey("nobody")
                              .setVersion(1)
                              .build()))
          .satisfies(failure -> assertStatus(failure, Status.Code.NOT_FOUND, "nobody"));
    }
  }

  @Test
  void healthIsServingAndReflectionListsTheServices() throws Exception {
    try (TestNode node = TestNode.start(data)) {
      assertThat(
              HealthGrpc.newBlockingStub(node.channel())
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
      assertThat(services(node))
          .contains(
              "thalweg.v1.IngestService",
              "thalweg.v1.QueryService",
              "thalweg.v1.StreamService",
              "grpc.health.v1.Health");
    }
  }

  @Test
  void portInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> TestNode.start(data, "thalweg.grpc.port = " + taken.getLocalPort()))
          .isInstanceOf(NodeStartException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("in use");
    }
  }

  @Test
  void dataFolderInUseByAnotherNodeIsNamed() throws Exception {
    try (TestNode node = TestNode.start(data)) {
      assertThatThrownBy(() -> TestNode.start(data))
          .isInstanceOf(NodeStartException.class)
          .hasMessageContaining(data.toString());
      assertThat(
              node.ingest().ingestBatch(request("counts", "p", 1, series("a", 1, 1))).getRecorded())
          .isEqualTo(1);
    }
  }

  private static List<String> services(TestNode node) throws Exception {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(node.channel())
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    List<String> services =
        answer.get(10, TimeUnit.SECONDS).getListServicesResponse().getServiceList().stream()
            .map(ServiceResponse::getName)
            .toList();
    requests.onCompleted();
    return services;
  }

  static void assertStatus(Throwable failure, Status.Code code, String... words) {
    assertThat(failure).isInstanceOf(StatusRuntimeException.class);
    Status status = ((StatusRuntimeException) failure).getStatus();
    assertThat(status.getCode()).as(status.toString()).isEqualTo(code);
    assertThat(status.getDescription()).contains(words);
  }
}
