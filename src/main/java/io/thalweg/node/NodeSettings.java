package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.entity.EntitySettings;
import io.thalweg.ingest.IngestSettings;
import io.thalweg.ingest.kafka.SourceDefinition;
import io.thalweg.journal.JournalStore;
import io.thalweg.results.BacktestSettings;
import io.thalweg.results.ResultsSettings;
import io.thalweg.route.RouteSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All settings of a node, read and validated at once. */
record NodeSettings(
    ClusterSettings cluster,
    ManagementSettings management,
    GrpcSettings grpc,
    IngestSettings ingest,
    RouteSettings route,
    EntitySettings entity,
    ResultsSettings results,
    BacktestSettings backtest,
    Map<String, StreamDefinition> streams,
    List<SourceDefinition> kafkaSources) {

  static NodeSettings from(Config config) throws NodeStartException {
    try {
      JournalStore.check(config);
      ClusterSettings cluster = ClusterSettings.from(config);
      requireSharedStore(config, cluster);
      Map<String, StreamDefinition> streams = StreamsSettings.from(config);
      return new NodeSettings(
          cluster,
          ManagementSettings.from(config, cluster),
          GrpcSettings.from(config),
          IngestSettings.from(config),
          RouteSettings.from(config),
          EntitySettings.from(config),
          ResultsSettings.from(config),
          BacktestSettings.from(config),
          streams,
          KafkaSourcesSettings.from(config, streams.keySet()));
    } catch (ConfigException | IllegalArgumentException | ArithmeticException wrong) {
      throw new NodeStartException("the configuration is wrong: " + wrong.getMessage(), wrong);
    }
  }

  /** Nodes that each had a journal of their own would each count for themselves. */
  private static void requireSharedStore(Config config, ClusterSettings cluster) {
    String store = config.getString("thalweg.journal.store");
    if (cluster.isClustered() && !store.equals("postgres")) {
      throw new IllegalArgumentException(
          "thalweg.cluster.discovery is %s, and nodes of a cluster share one journal:"
                  .formatted(cluster.discovery().name().toLowerCase(Locale.ROOT))
              + " thalweg.journal.store must be postgres, and is "
              + store);
    }
  }
}
