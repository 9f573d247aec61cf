package io.thalweg.ingest.kafka;

import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.ingest.IngestSettings;
import io.thalweg.kafka.KafkaSourceStatus;
import io.thalweg.route.Router;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;

/** The Kafka sources of a node. Thread-safe. */
public final class KafkaSources {
  private final List<KafkaSource> sources;

  /**
   * They read nothing before they are started.
   *
   * @param definitions whose streams there are
   * @param streams the definitions by name
   * @param clockNanos this node's clock, nanoseconds since 1970
   */
  public KafkaSources(
      ActorSystem<?> system,
      Router router,
      List<SourceDefinition> definitions,
      Map<String, StreamDefinition> streams,
      IngestSettings settings,
      LongSupplier clockNanos) {
    sources =
        definitions.stream()
            .map(
                source -> {
                  StreamDefinition stream = Objects.requireNonNull(streams.get(source.stream()));
                  return new KafkaSource(
                      system,
                      router,
                      source,
                      () ->
                          new RecordDecoder(
                              source.record(),
                              settings.keyBytesMax(),
                              stream.time().futureBoundNanos(),
                              clockNanos));
                })
            .toList();
  }

  /** Begins to read. What can't be reached is tried again and again, and holds nothing else up. */
  public void start() {
    sources.forEach(KafkaSource::start);
  }

  /** Reads no more; completed when what was read is durable and committed, or has failed. */
  public CompletionStage<Done> drain() {
    return CompletableFuture.allOf(
            sources.stream()
                .map(source -> source.drain().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> Done.getInstance());
  }

  /** How they are doing. */
  public List<KafkaSourceStatus> status() {
    return sources.stream().map(KafkaSource::status).toList();
  }
}
