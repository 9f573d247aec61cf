package io.thalweg.cli.bench;

import io.thalweg.client.Producer;
import io.thalweg.client.ProducerSettings;
import io.thalweg.client.ThalwegClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The producers of a run, each on a thread of its own: started together, stopped together. */
final class Load implements AutoCloseable {
  private final List<Producer> producers = new ArrayList<>();
  private final List<LoadGenerator> generators = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Ticker ticker;

  Load(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Adds a producer.
   *
   * @param id new to the server
   */
  void add(
      ThalwegClient client,
      String stream,
      String id,
      BatchMaker maker,
      Pace pace,
      int batchesInFlight,
      Traffic traffic,
      Latencies latencies) {
    // What has room here has room there, too: the producer's own bound never blocks.
    int samples = Math.multiplyExact(batchesInFlight + 1, maker.batchSamples());
    Producer producer =
        client.producer(ProducerSettings.of(stream, id).withInFlight(batchesInFlight + 1, samples));
    LoadGenerator generator =
        new LoadGenerator(producer::send, maker, pace, ticker, traffic, latencies, batchesInFlight);
    producers.add(producer);
    generators.add(generator);
    threads.add(Thread.ofPlatform().daemon().name(id).unstarted(generator));
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** Sends no more, and waits until all is acknowledged or has failed. */
  void finish() throws InterruptedException {
    close();
    for (Thread thread : threads) {
      thread.join();
    }
    producers.forEach(Producer::close);
  }

  /** Sends no more. What is not acknowledged by then ends with its client. */
  @Override
  public void close() {
    generators.forEach(LoadGenerator::stop);
    threads.forEach(LockSupport::unpark);
  }
}
