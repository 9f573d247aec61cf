package io.thalweg.ingest.kafka;

import io.thalweg.ingest.kafka.SourceDefinition.Start;
import io.thalweg.route.Router;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.kafka.CommitDelivery;
import org.apache.pekko.kafka.CommitterSettings;
import org.apache.pekko.kafka.ConsumerMessage.CommittableMessage;
import org.apache.pekko.kafka.ConsumerSettings;
import org.apache.pekko.kafka.RestrictedConsumer;
import org.apache.pekko.kafka.Subscriptions;
import org.apache.pekko.kafka.javadsl.Committer;
import org.apache.pekko.kafka.javadsl.Consumer;
import org.apache.pekko.kafka.javadsl.PartitionAssignmentHandler;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Reads a topic with one consumer of the group, from when it joins until something fails. Of one
 * topic: where another one of the same name takes its place, it fails.
 *
 * <p>Each offset is committed with the id of the topic whose it is. So a commit that arrives late,
 * when the topic has been made anew, is known for what it is: who is assigned the partition begins
 * at its first record then.
 */
final class TopicRun {
  private static final Attributes DISPATCHER =
      ActorAttributes.dispatcher("thalweg.edge-dispatcher");
  private static final int PARTITIONS_MAX = 10_000;

  /**
   * A poll may bring as much as so many full requests; with less, polling is what takes longest.
   */
  private static final int POLLED_REQUESTS = 10;

  private final ActorSystem<?> system;
  private final Router router;
  private final SourceDefinition source;
  private final Start begin;
  private final TopicIdentity topic;
  private final Supplier<RecordDecoder> decoders;
  private final Optional<DeadLetters> deadLetters;
  private final SourceCounters counters;
  private final Map<TopicPartition, PartitionFlow> flows = new ConcurrentHashMap<>();

  /**
   * @param begin where to begin a partition of which the group has committed nothing
   * @param decoders a new one for each partition
   */
  TopicRun(
      ActorSystem<?> system,
      Router router,
      SourceDefinition source,
      Start begin,
      TopicIdentity topic,
      Supplier<RecordDecoder> decoders,
      Optional<DeadLetters> deadLetters,
      SourceCounters counters) {
    this.system = system;
    this.router = router;
    this.source = source;
    this.begin = begin;
    this.topic = topic;
    this.decoders = decoders;
    this.deadLetters = deadLetters;
    this.counters = counters;
  }

  /** Begins to read. */
  Consumer.DrainingControl<Done> start() {
    String id = topic.id().toString(); // once, and not for each record
    return Consumer.commitWithMetadataPartitionedSource(
            consumer(),
            Subscriptions.topics(source.topic()).withPartitionAssignmentHandler(new Beginnings()),
            written -> id)
        .mapAsyncUnordered(PARTITIONS_MAX, assigned -> read(assigned.first(), assigned.second()))
        .toMat(Sink.ignore(), Keep.both())
        .mapMaterializedValue(Consumer::createDrainingControl)
        .withAttributes(DISPATCHER)
        .run(system);
  }

  /** Those that it reads now. */
  Set<TopicPartition> partitions() {
    return Set.copyOf(flows.keySet());
  }

  /** How many records are read of which it is not known that they are durable. */
  long waiting() {
    return flows.values().stream().mapToLong(PartitionFlow::waiting).sum();
  }

  private CompletionStage<Done> read(
      TopicPartition partition, Source<CommittableMessage<byte[], byte[]>, NotUsed> records) {
    PartitionFlow flow =
        new PartitionFlow(
            source,
            producerId(topic.id(), partition.partition()),
            topic,
            decoders.get(),
            router.caller(),
            deadLetters,
            counters);
    flows.put(partition, flow);
    return flow.durable(records)
        .toMat(Committer.sink(committer()), Keep.right())
        .withAttributes(DISPATCHER)
        .run(system)
        .whenComplete((done, failure) -> flows.remove(partition, flow));
  }

  /**
   * Whose numbers the offsets of a partition are. Kafka gives each topic an id that no other one
   * has, in this cluster or another, also when it is deleted and made anew.
   */
  static String producerId(Uuid topic, int partition) {
    return "kafka/" + topic + "/" + partition;
  }

  private ConsumerSettings<byte[], byte[]> consumer() {
    Map<String, String> properties = new HashMap<>();
    properties.put(
        "max.poll.records",
        String.valueOf(POLLED_REQUESTS * source.limits().recordsPerRequestMax()));
    properties.put("session.timeout.ms", "10000");
    properties.put("heartbeat.interval.ms", "2000");
    properties.putAll(source.cluster().clientProperties());
    properties.put("group.id", source.group());
    properties.put("client.id", "thalweg-" + source.name());
    properties.put("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", "false");
    properties.put("auto.offset.reset", begin.name().toLowerCase(Locale.ROOT));
    return ConsumerSettings.create(system, topic.deserializer(), new ByteArrayDeserializer())
        .withProperties(properties)
        .withStopTimeout(Duration.ZERO);
  }

  /** An offset that is not committed costs only reading again. */
  private CommitterSettings committer() {
    return CommitterSettings.create(system)
        .withMaxBatch(1_000_000)
        .withMaxInterval(source.limits().commitEvery())
        .withDelivery(CommitDelivery.sendAndForget());
  }

  /** Where a partition begins whose committed offset is of another topic: at its first record. */
  private final class Beginnings implements PartitionAssignmentHandler {
    @Override
    public void onAssign(Set<TopicPartition> assigned, RestrictedConsumer consumer) {
      Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(assigned);
      List<TopicPartition> ofAnother =
          assigned.stream()
              .filter(
                  partition -> {
                    OffsetAndMetadata offset = committed.get(partition);
                    return offset != null
                        && !offset.metadata().isEmpty()
                        && !offset.metadata().equals(topic.id().toString());
                  })
              .toList();
      if (!ofAnother.isEmpty()) {
        consumer.seekToBeginning(ofAnother);
      }
    }

    @Override
    public void onRevoke(Set<TopicPartition> revoked, RestrictedConsumer consumer) {}

    @Override
    public void onLost(Set<TopicPartition> lost, RestrictedConsumer consumer) {}

    @Override
    public void onStop(Set<TopicPartition> stopped, RestrictedConsumer consumer) {}
  }
}
