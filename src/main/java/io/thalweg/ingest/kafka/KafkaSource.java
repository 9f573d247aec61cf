package io.thalweg.ingest.kafka;

import io.thalweg.kafka.KafkaSourceStatus;
import io.thalweg.kafka.KafkaSourceStatus.State;
import io.thalweg.kafka.Trouble;
import io.thalweg.route.Router;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.kafka.javadsl.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A node's share of a source: a consumer of its group. It reads while it can; whatever fails, it
 * says so and tries again, with growing pauses, until it is told to stop. Thread-safe.
 */
final class KafkaSource {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Duration BACKOFF_MIN = Duration.ofMillis(500);

  private final ActorSystem<?> system;
  private final Router router;
  private final SourceDefinition source;
  private final Supplier<RecordDecoder> decoders;
  private final Optional<DeadLetters> deadLetters;
  private final SourceCounters counters = new SourceCounters();
  private final Trouble trouble;
  private final Standstill standstill = new Standstill();
  private volatile @Nullable TopicRun run;
  private volatile State state = State.STARTING;
  private volatile long lag = -1;

  /** From here on under the lock. */
  private @Nullable TopicWatch watch;

  private Consumer.@Nullable DrainingControl<Done> running;
  private @Nullable Cancellable looking;
  private Duration backoff = BACKOFF_MIN;
  private boolean isDraining;

  /** What was read last, and whether another one was before: then all that is in it is new. */
  private @Nullable Uuid topicId;

  private boolean isMadeAnew;

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
        new Trouble(
            LoggerFactory.getLogger(KafkaSource.class),
            "Kafka source '" + source.name() + "'",
            "its records wait in the topic",
            System::nanoTime);
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
    try {
      run(Objects.requireNonNull(watch), id);
    } catch (RuntimeException wrong) {
      onEnd(wrong);
    }
  }

  private void run(TopicWatch found, Uuid id) {
    isMadeAnew |= topicId != null && !topicId.equals(id);
    topicId = id;
    TopicIdentity topic = new TopicIdentity(source.topic(), id, found::topicId);
    TopicRun begun =
        new TopicRun(
            system,
            router,
            source,
            isMadeAnew ? SourceDefinition.Start.EARLIEST : source.start(),
            topic,
            decoders,
            deadLetters,
            counters);
    Consumer.DrainingControl<Done> control = begun.start();
    run = begun;
    running = control;
    state = State.RUNNING;
    looking =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                LOOK_EVERY, LOOK_EVERY, () -> look(found, begun, topic), system.executionContext());
    control
        .streamCompletion()
        .whenComplete(
            (done, failure) ->
                onEnd(failure == null ? new IllegalStateException("the stream ended") : failure));
  }

  /**
   * While it reads: whether the brokers answer, the topic is the same, and how far it is behind.
   */
  private void look(TopicWatch watched, TopicRun looked, TopicIdentity topic) {
    if (state != State.RUNNING) {
      return;
    }
    watched
        .topicId()
        .thenCompose(
            id -> {
              if (!id.equals(topic.id())) {
                topic.doubt(); // the run ends by itself when there are records
              }
              return watched.lag(looked.partitions());
            })
        .whenComplete((behind, failure) -> onLook(looked, behind, failure));
  }

  private void onLook(TopicRun looked, @Nullable Long behind, @Nullable Throwable failure) {
    if (state != State.RUNNING) {
      return;
    }
    if (failure == null && behind != null) {
      lag = behind;
      synchronized (this) {
        backoff = BACKOFF_MIN;
      }
      if (standstill.look(looked.waiting(), counters.settled(), System.nanoTime())) {
        found(NotDurableException.standstill());
      } else {
        trouble.isOver();
      }
      return;
    }
    lag = -1;
    found(failure == null ? new IllegalStateException("no answer") : failure);
  }

  private void found(Throwable failure) {
    trouble.found(SourceFailure.text(source, failure));
  }

  /** It could not begin, or its stream has ended. */
  private synchronized void onEnd(Throwable failure) {
    running = null;
    run = null;
    lag = -1;
    if (looking != null) {
      looking.cancel();
      looking = null;
    }
    if (isDraining) {
      return;
    }
    Throwable cause = SourceFailure.unwrapped(failure);
    found(cause);
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
    TopicRun now = run;
    return new KafkaSourceStatus(
        source.name(),
        source.stream(),
        source.topic(),
        state,
        trouble.text(),
        now == null ? 0 : now.partitions().size(),
        lag,
        now == null ? 0 : now.waiting(),
        counters.records.sum(),
        counters.samples.sum(),
        counters.duplicates.sum(),
        counters.deadLetters.sum());
  }
}
