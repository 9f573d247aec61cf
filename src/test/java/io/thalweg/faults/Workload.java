package io.thalweg.faults;

import io.thalweg.client.Producer;
import io.thalweg.client.ProducerSettings;
import io.thalweg.client.RetryPolicy;
import io.thalweg.client.ThalwegClient;
import io.thalweg.faults.check.History;
import io.thalweg.faults.check.Samples;
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
 * Producers that send through the reference client, until they are told to stop; then all that was
 * sent is acknowledged. What they do and hear they write down. It measures how long keys were
 * silent: how long no batch of their group was acknowledged.
 */
final class Workload implements AutoCloseable {
  /** Longer than the healing: who resends meanwhile only adds to the load. */
  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(12);

  private static final Duration DRAIN_MAX = Duration.ofSeconds(90);

  private final Samples samples;
  private final Load load;
  private final History history;
  private final List<Sender> senders = new ArrayList<>();
  private final long[] acknowledgedNanos = new long[Samples.GROUPS];
  private volatile boolean paused;
  private long longestSilenceNanos;
  private long acknowledged;
  private long duplicates;

  /**
   * How much is sent.
   *
   * @param batchesInFlight what lies between a fault and its end must fit: the load goes on
   *     meanwhile
   */
  record Load(int producers, int samplesPerSecond, int batchesInFlight) {
    static final Load HEAVY = new Load(2, Integer.getInteger("thalweg.faults.rate", 20_000), 2_000);

    long everyNanos(Samples samples) {
      return TimeUnit.SECONDS.toNanos(1) * samples.perBatch() * producers / samplesPerSecond;
    }
  }

  /** One thread and one client: each producer has its own favourite node. */
  private final class Sender implements Runnable {
    final String id;
    final String endpoints;
    final ThalwegClient client;
    final Producer producer;
    final Thread thread;
    final long[] freshNanos = new long[Samples.GROUPS];
    volatile boolean stopping;
    volatile boolean abandoned;
    volatile long lastSequence;
    volatile @Nullable Throwable failure;

    Sender(String id, String endpoints) {
      this.id = id;
      this.endpoints = endpoints;
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
                  .withInFlight(load.batchesInFlight, load.batchesInFlight * samples.perBatch()));
      this.thread = new Thread(this, id);
    }

    @Override
    public void run() {
      try {
        long next = System.nanoTime();
        while (!stopping) {
          if (!paused) {
            send();
          }
          next += load.everyNanos(samples);
          TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        }
        producer.drain();
      } catch (InterruptedException | RuntimeException e) {
        if (!abandoned) {
          failure = e;
        }
      }
    }

    /** As if its process had died. */
    void end() {
      abandoned = true;
      stopping = true;
      client.close();
      thread.interrupt();
    }

    private void send() throws InterruptedException {
      long sequence = producer.nextSequence();
      long sentNanos = System.nanoTime();
      history.invoked(id, sequence);
      var answer = producer.send(samples.batch(id, sequence));
      lastSequence = sequence;
      var unused =
          answer.whenComplete(
              (response, failed) -> {
                if (failed == null) {
                  acknowledged(this, sentNanos, response);
                } else {
                  history.told(History.Fate.UNKNOWN, id, sequence);
                }
              });
    }
  }

  private Workload(Samples samples, Load load, History history) {
    this.samples = samples;
    this.load = load;
    this.history = history;
  }

  /** Starts it; the producers prefer the nodes in turn, the second one the last. */
  static Workload start(Samples samples, List<ClusterNode> nodes, Load load, History history) {
    Workload workload = new Workload(samples, load, history);
    workload.beginSilence();
    for (int i = 0; i < load.producers; i++) {
      List<ClusterNode> order = new ArrayList<>(nodes);
      java.util.Collections.rotate(order, i);
      workload.add(samples.prefix() + "-p" + i, FaultCluster.endpoints(order));
    }
    return workload;
  }

  private synchronized void add(String id, String endpoints) {
    Sender sender = new Sender(id, endpoints);
    senders.add(sender);
    sender.thread.start();
  }

  private synchronized void acknowledged(Sender sender, long sentNanos, IngestResponse response) {
    long now = System.nanoTime();
    int group = Samples.groupOf(response.getSequence());
    longestSilenceNanos = Math.max(longestSilenceNanos, now - acknowledgedNanos[group]);
    acknowledgedNanos[group] = now;
    sender.freshNanos[group] = sentNanos;
    acknowledged++;
    duplicates += response.getDuplicate();
    boolean isWhole =
        response.getRejectionsCount() == 0
            && response.getRecorded() + response.getDuplicate() == samples.perBatch();
    if (!isWhole) {
      sender.failure = new IllegalStateException("not all was counted: " + response);
    }
    history.told(
        isWhole ? History.Fate.OK : History.Fate.UNKNOWN, sender.id, response.getSequence());
  }

  /** One producer ends as if its process had died: nobody learns what became of its batches. */
  synchronized String abandon(int index) {
    List<Sender> living = senders.stream().filter(sender -> !sender.abandoned).toList();
    Sender gone = living.get(index % living.size());
    gone.end();
    add(gone.id + "x", gone.endpoints);
    return gone.id;
  }

  /** All producers end like that, and others take their places who know these nodes alone. */
  synchronized void abandonAll(List<ClusterNode> known) {
    List<Sender> living = senders.stream().filter(sender -> !sender.abandoned).toList();
    for (Sender gone : living) {
      gone.end();
      add(gone.id + "x", FaultCluster.endpoints(known));
    }
  }

  /** Whether nothing new is sent for a while. */
  void pause(boolean pausing) {
    paused = pausing;
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
        if (!sender.abandoned && fresh - sinceNanos < 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Sends no more and waits until all is acknowledged; tells the last number of each producer. */
  Map<String, Long> finish() throws InterruptedException {
    List<Sender> all;
    synchronized (this) {
      all = List.copyOf(senders);
    }
    all.forEach(sender -> sender.stopping = true);
    Map<String, Long> last = new LinkedHashMap<>();
    for (Sender sender : all) {
      sender.thread.join(DRAIN_MAX);
      if (sender.thread.isAlive() || sender.failure != null) {
        throw new AssertionError(
            sender.id + " could not get all acknowledged: " + sender.failure, sender.failure);
      }
      last.put(sender.id, sender.lastSequence);
    }
    return last;
  }

  synchronized long acknowledged() {
    return acknowledged;
  }

  synchronized long duplicates() {
    return duplicates;
  }

  @Override
  public synchronized void close() {
    senders.forEach(Sender::end);
  }
}
