package io.thalweg.cli.bench;

import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Series;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * One producer's load, on one thread: waits until a batch is due and has room, makes it, and sends
 * it. Answers come on threads of the client.
 */
final class LoadGenerator implements Runnable {

  /** Where batches go. */
  interface Sender {
    CompletableFuture<IngestResponse> send(List<Series> batch) throws InterruptedException;
  }

  private final Sender sender;
  private final BatchMaker maker;
  private final Pace pace;
  private final Ticker ticker;
  private final Traffic traffic;
  private final Latencies latencies;
  private final Semaphore room;
  private volatile boolean over;

  /**
   * @param batchesInFlightMax how many batches have room
   */
  LoadGenerator(
      Sender sender,
      BatchMaker maker,
      Pace pace,
      Ticker ticker,
      Traffic traffic,
      Latencies latencies,
      int batchesInFlightMax) {
    this.sender = sender;
    this.maker = maker;
    this.pace = pace;
    this.ticker = ticker;
    this.traffic = traffic;
    this.latencies = latencies;
    this.room = new Semaphore(batchesInFlightMax);
  }

  /** Runs until it is told to stop, or until sending has failed, which the traffic then tells. */
  @Override
  public void run() {
    try {
      while (!over) {
        long due = pace.awaitNext(room::acquireUninterruptibly, () -> over);
        if (!over) {
          send(due);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      traffic.failed(e);
    } catch (RuntimeException e) {
      traffic.failed(e);
    }
  }

  /** No further batch is made. Unpark the thread for it to notice at once. */
  void stop() {
    over = true;
  }

  private void send(long due) throws InterruptedException {
    int samples = maker.batchSamples();
    List<Series> batch = maker.next();
    traffic.sent(samples);
    var unused =
        sender.send(batch).whenComplete((answer, failed) -> end(due, samples, answer, failed));
  }

  private void end(long due, int samples, IngestResponse answer, Throwable failed) {
    if (failed != null) {
      over = true;
      traffic.failed(failed);
    } else {
      traffic.answered(samples, answer);
      latencies.record(due, ticker.nanoTime());
    }
    room.release();
  }
}
