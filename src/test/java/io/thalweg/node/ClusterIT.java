package io.thalweg.node;

import static io.thalweg.node.TestNode.request;
import static io.thalweg.node.TestNode.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.v1.KeyState;
import io.thalweg.v1.ListKeysRequest;
import io.thalweg.v1.Series;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three nodes in one process: any of them takes any sample and any question. */
class ClusterIT {
  private static final int KEYS = 200;

  @SuppressWarnings("NullAway.Init") // by start
  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(3, "");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void whatOneNodeTakesEveryNodeTells() {
    Series[] batch =
        IntStream.range(0, KEYS).mapToObj(k -> series("any" + k, 1, k, k)).toArray(Series[]::new);
    assertThat(cluster.node(0).ingest().ingestBatch(request("counts", "p", 1, batch)).getRecorded())
        .isEqualTo(2 * KEYS);
    assertThat(
            cluster.node(1).ingest().ingestBatch(request("counts", "p", 1, batch)).getDuplicate())
        .isEqualTo(2 * KEYS);

    for (int k = 0; k < KEYS; k++) {
      KeyState told = cluster.node(0).get("counts", "any" + k);
      assertThat(told.getTotal().getSum()).isEqualTo(2 * k);
      assertThat(cluster.node(1).get("counts", "any" + k)).isEqualTo(told);
      assertThat(cluster.node(2).get("counts", "any" + k)).isEqualTo(told);
    }
    List<String> listed =
        cluster
            .node(2)
            .query()
            .listKeys(
                ListKeysRequest.newBuilder()
                    .setStream("counts")
                    .setPrefix("any")
                    .setPageSize(1000)
                    .build())
            .getKeysList();
    assertThat(listed).hasSize(KEYS);
  }
}
