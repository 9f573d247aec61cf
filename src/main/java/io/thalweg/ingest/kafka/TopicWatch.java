package io.thalweg.ingest.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Looks at a source's topic and group from outside the consumer. Thread-safe; does not block. */
final class TopicWatch implements AutoCloseable {
  private static final String TIMEOUT_MILLIS = "5000";

  private final SourceDefinition source;
  private final Admin admin;

  TopicWatch(SourceDefinition source) {
    this.source = source;
    Map<String, Object> properties = new HashMap<>(source.cluster().clientProperties());
    properties.put("client.id", "thalweg-watch-" + source.name());
    properties.put("default.api.timeout.ms", TIMEOUT_MILLIS);
    properties.put("request.timeout.ms", TIMEOUT_MILLIS);
    this.admin = Admin.create(properties);
  }

  /** What tells this topic from another one of the same name. */
  CompletionStage<Uuid> topicId() {
    return admin
        .describeTopics(List.of(source.topic()))
        .allTopicNames()
        .toCompletionStage()
        .thenApply(found -> Objects.requireNonNull(found.get(source.topic())).topicId());
  }

  /** How many records of some partitions lie behind what the group has committed. */
  CompletionStage<Long> lag(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    return admin
        .listOffsets(latest)
        .all()
        .toCompletionStage()
        .thenCombine(
            admin
                .listConsumerGroupOffsets(source.group())
                .partitionsToOffsetAndMetadata()
                .toCompletionStage(),
            TopicWatch::lag);
  }

  private static long lag(
      Map<TopicPartition, ListOffsetsResultInfo> ends,
      Map<TopicPartition, OffsetAndMetadata> committed) {
    long lag = 0;
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
      OffsetAndMetadata done = committed.get(end.getKey());
      lag += Math.max(0, end.getValue().offset() - (done == null ? 0 : done.offset()));
    }
    return lag;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
