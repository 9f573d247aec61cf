package io.thalweg.node;

import static io.thalweg.node.TestNode.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.kafka.KafkaBroker;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Series;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL tell the results of one sink, and one takes over from the other. */
class KafkaSinkClusterIT {
  private static final List<String> KEYS = IntStream.range(0, 60).mapToObj(i -> "k" + i).toList();
  private static final int ROUNDS = 60;

  @TempDir Path folder;

  @Test
  void shardsThatMoveBetweenNodesKeepTheirResultsInOrder() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(folder)) {
      broker.createTopic("results", 3);
      try (TestCluster cluster = TestCluster.start(1, settings(broker))) {
        rounds(cluster, 1);
        cluster.join();
        rounds(cluster, 2);
        cluster.leave(1);
        rounds(cluster, 3);

        SinkTopic.Found found =
            new SinkTopic(broker, "results").awaitAll(cluster.node(0).channel(), "fives", KEYS);
        assertThat(found.anomalies()).isEqualTo(KEYS.size() * 3 * ROUNDS / 10);
      }
    }
  }

  /** Each tenth sample of a key is an anomaly. */
  private static void rounds(TestCluster cluster, int part) {
    for (int round = 1; round <= ROUNDS; round++) {
      List<Series> series = new ArrayList<>();
      for (String key : KEYS) {
        series.add(
            TestNode.series(
                key, (part * ROUNDS + round) * 1_000L, round % 10 == 0 ? 5_000 : round));
      }
      IngestResponse answer =
          cluster
              .node(0)
              .ingest()
              .withWaitForReady()
              .ingestBatch(
                  request(
                      "fives", "p", (long) part * ROUNDS + round, series.toArray(Series[]::new)));
      assertThat(answer.getRejectionsList()).isEmpty();
    }
  }

  private static String settings(KafkaBroker broker) {
    return """
        thalweg.streams.fives {
          window { tumbling-count = 5 }
          detector { threshold { above = 1000 } }
        }
        thalweg.kafka {
          clusters.main.bootstrap = "%s"
          sinks.out { streams = [fives], topic = results, format = protobuf }
        }
        """
        .formatted(broker.bootstrap());
  }
}
