package io.thalweg.node;

import static io.thalweg.node.TestNode.request;
import static io.thalweg.node.TestNode.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.v1.KeyState;
import io.thalweg.v1.ListKeysRequest;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Series;
import io.thalweg.v1.Update;
import io.thalweg.v1.WatchRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  @Test
  void watchOnOneNodeHearsOfKeysOnAnyNode() throws Exception {
    int keys = 50;
    int rounds = 20;
    try (TestWatch watch =
        TestWatch.start(
            cluster.node(1),
            WatchRequest.newBuilder().setStream("counts").setPrefix("w-").setStates(true))) {
      for (int round = 1; round <= rounds; round++) {
        Series[] batch = new Series[keys];
        for (int k = 0; k < keys; k++) {
          batch[k] = series("w-" + k, round, round);
        }
        cluster.node(round % 3).ingest().ingestBatch(request("counts", "w", round, batch));
      }
      Map<String, Long> versions = new HashMap<>();
      for (int i = 0; i < keys * rounds; i++) {
        Update update = watch.take();
        assertThat(update.hasState()).isTrue();
        assertThat(update.getVersion()).isEqualTo(versions.merge(update.getKey(), 1L, Long::sum));
      }
    }
  }

  @Test
  void watchOfAKeyTellsEveryVersionOnce() throws Exception {
    for (int from = 0; from < 3; from++) {
      String key = "one-" + from;
      cluster.node(0).ingest().ingestBatch(request("counts", "o", 1, series(key, 1, 1)));
      try (TestWatch watch =
          TestWatch.start(
              cluster.node(from),
              WatchRequest.newBuilder().setStream("counts").setKey(key).setStates(true))) {
        for (int version = 2; version <= 10; version++) {
          cluster
              .node(version % 3)
              .ingest()
              .ingestBatch(request("counts", "o", version, series(key, version, 1)));
          assertThat(watch.take().getVersion()).isEqualTo(version);
        }
      }
    }
  }

  @Test
  void historyIsTheSameOnEveryNode() {
    for (int version = 1; version <= 5; version++) {
      cluster
          .node(version % 3)
          .ingest()
          .ingestBatch(request("counts", "h", version, series("history", version, 1, 2)));
    }
    List<List<Update>> told = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<Update> history = new ArrayList<>();
      cluster
          .node(i)
          .query()
          .readHistory(
              ReadHistoryRequest.newBuilder()
                  .setStream("counts")
                  .setKey("history")
                  .setStates(true)
                  .build())
          .forEachRemaining(history::add);
      told.add(history);
    }
    assertThat(told.get(0)).hasSize(5).isEqualTo(told.get(1)).isEqualTo(told.get(2));
  }

  @Test
  void managementTellsThatEachIsAliveAndReadyAndWhoIsThere() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(get(i, "/alive").statusCode()).isEqualTo(200);
      assertThat(get(i, "/ready").statusCode()).as(get(i, "/ready").body()).isEqualTo(200);
      HttpResponse<String> members = get(i, "/cluster/members");
      assertThat(members.statusCode()).isEqualTo(200);
      assertThat(members.body().split("\"status\":\"Up\"", -1)).hasSize(4);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> refused =
          client.send(
              HttpRequest.newBuilder(uri(0, "/cluster/members"))
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(405);
    }
  }

  private static HttpResponse<String> get(int node, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri(node, path)).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static URI uri(int node, String path) {
    return URI.create("http://" + cluster.node(node).node().management().orElseThrow() + path);
  }
}
