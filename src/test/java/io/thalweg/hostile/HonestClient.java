package io.thalweg.hostile;

import io.thalweg.client.Producer;
import io.thalweg.client.ProducerSettings;
import io.thalweg.client.ThalwegClient;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * A producer that does as it should: a hundred batches a second of one sample for each of ten keys,
 * by the client that programs use. Its latency counts from when a batch was due.
 */
final class HonestClient implements AutoCloseable {
  static final int KEYS = 10;
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int DIGITS = 3;
  private static final long JOIN_MILLIS = 60_000;

  private final ThalwegClient client;
  private final Producer producer;
  private final Recorder latencies = new Recorder(DIGITS);
  private final AtomicLong acknowledged = new AtomicLong();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile @Nullable Throwable failure;
  private volatile long sent;

  private HonestClient(int port) {
    client = ThalwegClient.builder().endpoints("127.0.0.1:" + port).build();
    producer = client.producer(ProducerSettings.of(HostileNode.HONEST_STREAM, "honest"));
    thread = Thread.ofPlatform().name("honest").unstarted(this::run);
  }

  static HonestClient start(int port) {
    HonestClient honest = new HonestClient(port);
    honest.thread.start();
    return honest;
  }

  private void run() {
    long due = System.nanoTime();
    try {
      while (!stopping) {
        long dueNanos = due;
        var unused =
            producer
                .send(batch(sent))
                .whenComplete((answer, why) -> answered(dueNanos, answer, why));
        sent++;
        due += EVERY_NANOS;
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      }
      producer.drain();
    } catch (InterruptedException | RuntimeException e) {
      failure = e;
    }
  }

  private static List<Series> batch(long number) {
    List<Series> series = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      series.add(Series.newBuilder().setKey("key-" + key).addValues(number).build());
    }
    return series;
  }

  private void answered(long dueNanos, @Nullable IngestResponse answer, @Nullable Throwable why) {
    latencies.recordValue(Math.max(0, System.nanoTime() - dueNanos));
    if (answer == null) {
      failure = why;
    } else if (answer.getRecorded() + answer.getDuplicate() != KEYS) {
      failure = new IllegalStateException("not all was counted: " + answer);
    } else {
      acknowledged.incrementAndGet();
    }
  }

  /** The latencies since they were last taken, in nanoseconds. */
  Histogram take() {
    return latencies.getIntervalHistogram();
  }

  long acknowledged() {
    return acknowledged.get();
  }

  /**
   * Sends no more, waits for all answers, and compares what the node knows with what was sent.
   *
   * @return how many batches were sent; all are acknowledged and counted once
   * @throws IllegalStateException if not
   */
  long finish() throws InterruptedException {
    stopping = true;
    thread.join(JOIN_MILLIS);
    if (thread.isAlive() || failure != null || acknowledged.get() != sent) {
      throw new IllegalStateException(
          "of %,d batches %,d were acknowledged".formatted(sent, acknowledged.get()), failure);
    }
    for (int key = 0; key < KEYS; key++) {
      KeyState state = client.queries().getKey(HostileNode.HONEST_STREAM, "key-" + key);
      double sum = sent * (sent - 1) / 2.0;
      if (state.getTotal().getCount() != sent || state.getTotal().getSum() != sum) {
        throw new IllegalStateException(
            "of %,d samples with the sum %s there are %s".formatted(sent, sum, state.getTotal()));
      }
    }
    return sent;
  }

  @Override
  public void close() {
    stopping = true;
    client.close();
    thread.interrupt();
  }
}
