package io.thalweg.results.kafka;

import io.thalweg.journal.ResultQueues;
import io.thalweg.kafka.KafkaSinkStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sinks of a node. Thread-safe. */
public final class KafkaSinks {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSinks.class);
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final List<SinkWorker> workers;

  private KafkaSinks(List<SinkWorker> workers) {
    this.workers = workers;
  }

  /**
   * Has the journal queue what the sinks want, from now on. To be called before the first key is
   * there: what a key writes before is not told.
   */
  public static KafkaSinks create(List<SinkSettings> sinks, ResultQueues queues, ShardShare share) {
    List<SinkWorker> workers =
        sinks.stream().map(sink -> new SinkWorker(sink, queues, share)).toList();
    if (!sinks.isEmpty()) {
      queues.fill(
          sinks.stream().map(SinkSettings::queue).toList(),
          () -> workers.forEach(SinkWorker::wake));
    }
    Set<String> names = new HashSet<>();
    sinks.forEach(sink -> names.add(sink.name()));
    var unused =
        queues
            .stored()
            .names()
            .thenAccept(
                stored -> {
                  for (String name : stored) {
                    if (!names.contains(name)) {
                      LOG.warn(
                          "Results may wait for the Kafka sink {}, which is not configured here;"
                              + " they are kept until it is again",
                          name);
                    }
                  }
                });
    return new KafkaSinks(workers);
  }

  /** Begins to tell. */
  public void start() {
    workers.forEach(SinkWorker::start);
  }

  /** By sink. Any thread may ask. */
  public List<KafkaSinkStatus> status() {
    long now = System.currentTimeMillis();
    return workers.stream().map(worker -> worker.status(now)).toList();
  }

  /** Ends, and waits a few seconds for what is under way. */
  public CompletionStage<Done> close() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            for (SinkWorker worker : workers) {
              worker.close(PATIENCE);
            }
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
          return Done.getInstance();
        });
  }
}
