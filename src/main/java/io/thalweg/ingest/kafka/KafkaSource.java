package io.thalweg.ingest.kafka;

import io.thalweg.kafka.KafkaSourceStatus;
import io.thalweg.kafka.KafkaSourceStatus.State;
import io.thalweg.route.Router;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.kafka.CommitDelivery;
import org.apache.pekko.kafka.CommitterSettings;
import org.apache.pekko.kafka.ConsumerMessage.CommittableMessage;
import org.apache.pekko.kafka.ConsumerSettings;
import org.apache.pekko.kafka.Subscriptions;
import org.apache.pekko.kafka.javadsl.Committer;
import org.apache.pekko.kafka.javadsl.Consumer;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A node's share of a source: a consumer of its group. It reads while it can; whatever fails, it
 * says so and tries again, with growing pauses, until it is told to stop. Thread-safe.
 */
final class KafkaSource {
  private static final Attributes DISPATCHER =
      ActorAttributes.dispatcher("thalweg.edge-dispatcher");
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Duration BACKOFF_MIN = Duration.ofMillis(500);
  private static final int PARTITIONS_MAX = 10_000;

  private final ActorSystem<?> system;
  private final Router router;
  private final SourceDefinition source;
  private final Supplier<RecordDecoder> decoders;
  private final Optional<DeadLetters> deadLetters;
  private final SourceCounters counters = new SourceCounters();
  private final Trouble trouble;
  private final Set<TopicPartition> partitions = ConcurrentHashMap.newKeySet();
  private volatile State state = State.STARTING;
  private volatile long lag = -1;

  /** From here on under the lock. */
  private @Nullable TopicWatch watch;

  private Consumer.@Nullable DrainingControl<Done> running;
  private @Nullable Cancellable looking;
  private Uuid topicId = Uuid.ZERO_UUID;
  private Duration backoff = BACKOFF_MIN;
  private boolean isDraining;

  /**
   * @param decoders a new one for each partition
   */
  KafkaSource(
      ActorSystem<?> system,
      Router router,
      SourceDefinition source,
      Supplier<RecordDecoder> decoders) {
    this.system = system;
    this.router = router;
    this.source = source;
    this.decoders = decoders;
    this.deadLetters =
        source.poison().deadLetterTopic().map(topic -> new DeadLetters(source, topic));
    this.trouble =
        new Trouble(source, LoggerFactory.getLogger(KafkaSource.class), System::nanoTime);
  }

  /** Looks for the topic, and reads it once it is there. */
  synchronized void start() {
    if (isDraining) {
      return;
    }
    try {
      TopicWatch found = watch;
      if (found == null) {
        found = new TopicWatch(source);
        watch = found;
      }
      found.topicId().whenComplete(this::onTopic);
    } catch (KafkaException wrong) { // settings that Kafka refuses, names that can't be resolved
      onEnd(wrong.getCause() == null ? wrong : wrong.getCause());
    }
  }

  private synchronized void onTopic(@Nullable Uuid id, @Nullable Throwable failure) {
    if (isDraining) {
      return;
    }
    if (failure != null || id == null) {
      onEnd(failure == null ? new IllegalStateException("no topic id") : failure);
      return;
    }
    topicId = id;
    try {
      run(id);
    } catch (RuntimeException wrong) {
      onEnd(wrong);
    }
  }

  private void run(Uuid id) {
    Consumer.DrainingControl<Done> control =
        Consumer.committablePartitionedSource(consumer(), Subscriptions.topics(source.topic()))
            .mapAsyncUnordered(
                PARTITIONS_MAX, assigned -> run(id, assigned.first(), assigned.second()))
            .toMat(Sink.ignore(), Keep.both())
            .mapMaterializedValue(Consumer::createDrainingControl)
            .withAttributes(DISPATCHER)
            .run(system);
    running = control;
    state = State.RUNNING;
    looking =
        system
            .scheduler()
            .scheduleWithFixedDelay(LOOK_EVERY, LOOK_EVERY, this::look, system.executionContext());
    control
        .streamCompletion()
        .whenComplete(
            (done, failure) ->
                onEnd(failure == null ? new IllegalStateException("the stream ended") : failure));
  }

  private CompletionStage<Done> run(
      Uuid id,
      TopicPartition partition,
      Source<CommittableMessage<byte[], byte[]>, NotUsed> records) {
    partitions.add(partition);
    PartitionFlow flow =
        new PartitionFlow(
            source,
            producerId(id, partition.partition()),
            decoders.get(),
            router.caller(),
            deadLetters,
            counters);
    return flow.durable(records)
        .toMat(Committer.sink(committer()), Keep.right())
        .withAttributes(DISPATCHER)
        .run(system)
        .whenComplete((done, failure) -> partitions.remove(partition));
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
    properties.put("max.poll.records", String.valueOf(source.limits().recordsPerRequestMax()));
    properties.put("session.timeout.ms", "10000");
    properties.put("heartbeat.interval.ms", "2000");
    properties.putAll(source.cluster().clientProperties());
    properties.put("group.id", source.group());
    properties.put("client.id", "thalweg-" + source.name());
    properties.put("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", "false");
    properties.put("auto.offset.reset", source.start().name().toLowerCase(Locale.ROOT));
    return ConsumerSettings.create(system, new ByteArrayDeserializer(), new ByteArrayDeserializer())
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

  /**
   * While it reads: whether the brokers answer, the topic is the same, and how far it is behind.
   */
  private synchronized void look() {
    TopicWatch look = watch;
    if (look == null || isDraining || state != State.RUNNING) {
      return;
    }
    look.topicId()
        .thenCompose(
            id -> {
              if (!id.equals(topicId)) {
                throw new IllegalStateException("the topic is another one of the same name");
              }
              return look.lag(Set.copyOf(partitions));
            })
        .whenComplete(this::onLook);
  }

  private void onLook(@Nullable Long behind, @Nullable Throwable failure) {
    if (state != State.RUNNING) {
      return;
    }
    if (failure == null && behind != null) {
      lag = behind;
      synchronized (this) {
        backoff = BACKOFF_MIN;
      }
      trouble.over();
      return;
    }
    lag = -1;
    Throwable cause = Trouble.unwrapped(failure == null ? new IllegalStateException() : failure);
    trouble.found(cause);
    if (cause instanceof IllegalStateException) {
      stopReading();
    }
  }

  private synchronized void stopReading() {
    if (running != null) {
      var unused = running.drainAndShutdown(system.executionContext());
    }
  }

  /** It could not begin, or its stream has ended. */
  private synchronized void onEnd(Throwable failure) {
    running = null;
    lag = -1;
    if (looking != null) {
      looking.cancel();
      looking = null;
    }
    if (isDraining) {
      return;
    }
    Throwable cause = Trouble.unwrapped(failure);
    trouble.found(cause);
    if (cause instanceof StoppedAtPoisonException) {
      state = State.STOPPED;
      return;
    }
    state = State.RETRYING;
    Duration pause = backoff;
    Duration doubled = backoff.multipliedBy(2);
    Duration max = source.limits().retryBackoffMax();
    backoff = doubled.compareTo(max) < 0 ? doubled : max;
    var unused = system.scheduler().scheduleOnce(pause, this::start, system.executionContext());
  }

  /** Reads no more; completed when what was read is durable and committed. */
  CompletionStage<Done> drain() {
    CompletionStage<Done> drained;
    synchronized (this) {
      isDraining = true;
      drained =
          running == null
              ? CompletableFuture.completedFuture(Done.getInstance())
              : running.drainAndShutdown(system.executionContext());
    }
    return drained.handle(
        (done, failure) -> {
          close();
          return Done.getInstance();
        });
  }

  private synchronized void close() {
    deadLetters.ifPresent(DeadLetters::close);
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }

  KafkaSourceStatus status() {
    return new KafkaSourceStatus(
        source.name(),
        source.stream(),
        source.topic(),
        state,
        trouble.reason(),
        partitions.size(),
        lag,
        counters.records.sum(),
        counters.samples.sum(),
        counters.duplicates.sum(),
        counters.deadLetters.sum());
  }
}
