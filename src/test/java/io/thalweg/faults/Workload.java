package io.thalweg.faults;

import io.thalweg.client.Producer;
import io.thalweg.client.ProducerSettings;
import io.thalweg.client.RetryPolicy;
import io.thalweg.client.ThalwegClient;
import io.thalweg.v1.IngestResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two producers that send 20,000 samples a second in all, through the reference client, until they
 * are told to stop; then all that was sent is acknowledged. It measures how long keys were silent:
 * how long no batch of their group was acknowledged.
 */
final class Workload implements AutoCloseable {
  private static final int SAMPLES_PER_SECOND = Integer.getInteger("thalweg.faults.rate", 20_000);
  private static final int PRODUCERS = 2;
  private static final long EVERY_NANOS =
      TimeUnit.SECONDS.toNanos(1) * Samples.PER_BATCH * PRODUCERS / SAMPLES_PER_SECOND;

  /** Longer than the healing: who resends meanwhile only adds to the load. */
  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(12);

  private static final Duration DRAIN_MAX = Duration.ofSeconds(90);

  /** What lies between a fault and its end must fit: the load goes on meanwhile. */
  private static final int IN_FLIGHT_BATCHES = 2_000;

  private final Samples samples;
  private final List<Sender> senders = new ArrayList<>();
  private final long[] acknowledgedNanos = new long[Samples.GROUPS];
  private long longestSilenceNanos;
  private long recorded;
  private long duplicates;

  /** One thread and one client: each producer has its own favourite node. */
  private final class Sender implements Runnable {
    final String id;
    final ThalwegClient client;
    final Producer producer;
    final Thread thread;
    final long[] freshNanos = new long[Samples.GROUPS];
    volatile boolean stopping;
    volatile long lastSequence;
    volatile @Nullable Throwable failure;

    Sender(String id, String endpoints) {
      this.id = id;
      this.client =
          ThalwegClient.builder()
              .endpoints(endpoints)
              .retries(
                  new RetryPolicy(
                      Duration.ofMillis(50), Duration.ofMillis(500), ATTEMPT_MAX, Optional.empty()))
              .build();
      this.producer =
          client.producer(
              ProducerSettings.of(FaultCluster.STREAM, id)
                  .withInFlight(IN_FLIGHT_BATCHES, IN_FLIGHT_BATCHES * Samples.PER_BATCH));
      this.thread = new Thread(this, id);
    }

    @Override
    public void run() {
      try {
        long next = System.nanoTime();
        while (!stopping) {
          long sequence = producer.nextSequence();
          long sentNanos = System.nanoTime();
          var answer = producer.send(samples.batch(id, sequence));
          lastSequence = sequence;
          var unused = answer.thenAccept(response -> acknowledged(this, sentNanos, response));
          next += EVERY_NANOS;
          TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        }
        producer.drain();
      } catch (InterruptedException | RuntimeException e) {
        failure = e;
      }
    }
  }

  private Workload(Samples samples) {
    this.samples = samples;
  }

  /** Starts it; the first producer prefers the first node, the second one the last. */
  static Workload start(Samples samples, List<ClusterNode> nodes) {
    Workload workload = new Workload(samples);
    workload.beginSilence();
    for (int i = 0; i < PRODUCERS; i++) {
      List<ClusterNode> order = i == 0 ? nodes : nodes.reversed();
      Sender sender =
          workload.new Sender(samples.prefix() + "-p" + i, FaultCluster.endpoints(order));
      workload.senders.add(sender);
      sender.thread.start();
    }
    return workload;
  }

  private synchronized void acknowledged(Sender sender, long sentNanos, IngestResponse response) {
    long now = System.nanoTime();
    int group = Samples.groupOf(response.getSequence());
    longestSilenceNanos = Math.max(longestSilenceNanos, now - acknowledgedNanos[group]);
    acknowledgedNanos[group] = now;
    sender.freshNanos[group] = sentNanos;
    recorded += response.getRecorded();
    duplicates += response.getDuplicate();
    if (response.getRejectionsCount() > 0
        || response.getRecorded() + response.getDuplicate() != Samples.PER_BATCH) {
      sender.failure = new IllegalStateException("not all was counted: " + response);
    }
  }

  /** From now on the longest silence is measured anew. */
  synchronized void beginSilence() {
    Arrays.fill(acknowledgedNanos, System.nanoTime());
    longestSilenceNanos = 0;
  }

  /** How long a key had no acknowledgement, at most. */
  synchronized Duration longestSilence() {
    long longest = longestSilenceNanos;
    long now = System.nanoTime();
    for (long last : acknowledgedNanos) {
      longest = Math.max(longest, now - last);
    }
    return Duration.ofNanos(longest);
  }

  /** Waits until each producer has got something acknowledged for every key that it sent later. */
  Duration awaitFresh(long sinceNanos, Duration atMost) throws InterruptedException {
    while (!isFresh(sinceNanos)) {
      if (System.nanoTime() - sinceNanos > atMost.toNanos()) {
        throw new AssertionError("not all keys are written again after " + atMost);
      }
      Thread.sleep(10);
    }
    return Duration.ofNanos(System.nanoTime() - sinceNanos);
  }

  private synchronized boolean isFresh(long sinceNanos) {
    for (Sender sender : senders) {
      for (long fresh : sender.freshNanos) {
        if (fresh - sinceNanos < 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Sends no more and waits until all is acknowledged; tells the last number of each producer. */
  Map<String, Long> finish() throws InterruptedException {
    senders.forEach(sender -> sender.stopping = true);
    Map<String, Long> last = new LinkedHashMap<>();
    for (Sender sender : senders) {
      sender.thread.join(DRAIN_MAX);
      if (sender.thread.isAlive() || sender.failure != null) {
        throw new AssertionError(
            sender.id + " could not get all acknowledged: " + sender.failure, sender.failure);
      }
      last.put(sender.id, sender.lastSequence);
    }
    return last;
  }

  synchronized long recorded() {
    return recorded;
  }

  synchronized long duplicates() {
    return duplicates;
  }

  @Override
  public void close() {
    for (Sender sender : senders) {
      sender.stopping = true;
      sender.client.close();
      sender.thread.interrupt();
    }
  }
}
