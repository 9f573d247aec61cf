package io.thalweg.node;

import com.typesafe.config.Config;
import io.thalweg.kafka.KafkaSettings;
import java.util.Map;

/** The Kafka clusters, {@code thalweg.kafka.clusters}, of which each source and sink has one. */
record KafkaClusters(Map<String, KafkaSettings> byName) {

  static KafkaClusters from(Config config) {
    return new KafkaClusters(KafkaSettings.from(config));
  }

  /** The one that a source or sink names, which it need not where there is just one. */
  KafkaSettings of(Section section) {
    if (section.has("cluster")) {
      KafkaSettings named = byName.get(section.text("cluster"));
      if (named == null) {
        throw section.wrong(
            "cluster", "thalweg.kafka.clusters has no '" + section.text("cluster") + "'");
      }
      return named;
    }
    if (byName.size() != 1) {
      throw section.wrong(
          "it needs cluster, one of those in thalweg.kafka.clusters: "
              + byName.keySet().stream().sorted().toList());
    }
    return byName.values().iterator().next();
  }
}
