package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.entity.EntitySettings;
import io.thalweg.ingest.IngestSettings;
import io.thalweg.journal.JournalStore;
import io.thalweg.results.ResultsSettings;
import io.thalweg.route.RouteSettings;
import java.util.Map;

/** All settings of a node, read and validated at once. */
record NodeSettings(
    GrpcSettings grpc,
    IngestSettings ingest,
    RouteSettings route,
    EntitySettings entity,
    ResultsSettings results,
    Map<String, StreamDefinition> streams) {

  static NodeSettings from(Config config) throws NodeStartException {
    try {
      JournalStore.check(config);
      return new NodeSettings(
          GrpcSettings.from(config),
          IngestSettings.from(config),
          RouteSettings.from(config),
          EntitySettings.from(config),
          ResultsSettings.from(config),
          StreamsSettings.from(config));
    } catch (ConfigException | IllegalArgumentException | ArithmeticException wrong) {
      throw new NodeStartException("the configuration is wrong: " + wrong.getMessage(), wrong);
    }
  }
}
