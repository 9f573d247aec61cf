package io.thalweg.node;

import static io.thalweg.node.NodeIT.assertStatus;
import static io.thalweg.node.TestNode.request;
import static io.thalweg.node.TestNode.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigRenderOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.thalweg.journal.postgres.TestPostgres;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.ListKeysRequest;
import io.thalweg.v1.ReadHistoryRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that keeps its journal in PostgreSQL. */
class PostgresNodeIT {
  @TempDir Path data;
  private final String schema = TestPostgres.newSchema();
  private final String settings =
      TestPostgres.config(schema)
          .withOnlyPath("thalweg")
          .root()
          .render(ConfigRenderOptions.defaults().setJson(false).setOriginComments(false));

  @Test
  void whatIsAcknowledgedIsThereAfterARestart() throws Exception {
    try (TestNode node = TestNode.start(data, settings)) {
      for (int i = 1; i <= 30; i++) {
        node.ingest().ingestBatch(request("counts", "p", i, series("a", i, i), series("b", i, 1)));
      }
    }
    try (TestNode node = TestNode.start(data, settings)) {
      node.ingest().ingestBatch(request("counts", "p", 30, series("a", 30, 30)));
      KeyState state = node.get("counts", "a");
      assertThat(state.getTotal().getCount()).isEqualTo(30);
      assertThat(state.getVersion()).isEqualTo(30);
      assertThat(
              node.query()
                  .getKey(
                      GetKeyRequest.newBuilder()
                          .setStream("counts")
                          .setKey("a")
                          .setVersion(7)
                          .build())
                  .getTotal()
                  .getCount())
          .isEqualTo(7);
      assertThat(
              node.query()
                  .listKeys(ListKeysRequest.newBuilder().setStream("counts").build())
                  .getKeysList())
          .containsExactly("a", "b");
    }
  }

  @Test
  void sessionsThatTheServerEndsLoseAndDoubleNothing() throws Exception {
    try (TestNode node = TestNode.start(data, settings)) {
      for (int i = 1; i <= 30; i++) {
        node.ingest().ingestBatch(request("counts", "p", i, series("a", i, i), series("b", i, 1)));
        if (i % 10 == 0) {
          TestPostgres.execute(
              "select pg_terminate_backend(pid) from pg_stat_activity"
                  + " where application_name = 'thalweg'");
        }
      }
      assertThat(node.get("counts", "a").getTotal().getCount()).isEqualTo(30);
      assertThat(node.get("counts", "b").getTotal().getCount()).isEqualTo(30);
    }
  }

  @Test
  void versionsThatAreNoLongerKeptAreOutOfRange() throws Exception {
    String retention =
        """
        thalweg.entity.snapshot-every-events = 5
        thalweg.journal.retention.enabled = on
        """;
    try (TestNode node = TestNode.start(data, settings + "\n" + retention)) {
      for (int i = 1; i <= 21; i++) {
        node.ingest().ingestBatch(request("counts", "p", i, series("a", i, i)));
      }
      for (int i = 0; i < 500 && asOf(node, 14) == Status.Code.OK; i++) {
        Thread.sleep(20);
      }
      assertThat(asOf(node, 14)).isEqualTo(Status.Code.OUT_OF_RANGE);
      assertThat(asOf(node, 15)).isEqualTo(Status.Code.OK);
      assertThatThrownBy(() -> history(node, 3, false))
          .satisfies(
              failure ->
                  assertStatus(failure, Status.Code.OUT_OF_RANGE, "events are from version 16 on"));
      assertThatThrownBy(() -> history(node, 15, true))
          .satisfies(failure -> assertStatus(failure, Status.Code.OUT_OF_RANGE, "version 15"));
      assertThat(history(node, 0, true)).containsExactly(16L, 17L, 18L, 19L, 20L, 21L);
      assertThat(node.get("counts", "a").getTotal().getCount()).isEqualTo(21);
    }
  }

  private static Status.Code asOf(TestNode node, long version) {
    try {
      var unused =
          node.query()
              .getKey(
                  GetKeyRequest.newBuilder()
                      .setStream("counts")
                      .setKey("a")
                      .setVersion(version)
                      .build());
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  private static List<Long> history(TestNode node, long from, boolean states) {
    List<Long> versions = new ArrayList<>();
    node.query()
        .readHistory(
            ReadHistoryRequest.newBuilder()
                .setStream("counts")
                .setKey("a")
                .setFromVersion(from)
                .setStates(states)
                .build())
        .forEachRemaining(
            update -> {
              if (!versions.contains(update.getVersion())) {
                versions.add(update.getVersion());
              }
            });
    return versions;
  }
}
