package io.thalweg.client;

import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Series;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends batches and sees to it that each is counted once.
 *
 * <p>Batches are numbered in the order of the calls and go out in that order on one streaming call.
 * When the connection is lost or the server is unavailable, all that is not acknowledged is sent
 * again, unchanged and in order, to the next endpoint; the server's deduplication does the rest. An
 * acknowledgement means <em>durable</em>: what it counts survives any crash.
 *
 * <p>Each batch's future completes with the server's answer: how many samples were recorded, how
 * many an earlier delivery had recorded, and which were refused and why. Futures complete in order,
 * on a thread of gRPC: do nothing slow there.
 *
 * <p>An answer that no retry can change (an unknown stream, a malformed batch), or giving up by the
 * {@link RetryPolicy}, fails the producer: every future that is open, and every later call, fails
 * with one {@link ThalwegException}. Whether the open batches were counted is then unknown; a new
 * producer with the same id may send them again under the same numbers.
 *
 * <p>Thread-safe. Where several threads send, the order of their batches is that of their calls.
 */
public final class Producer implements AutoCloseable {
  private final Delivery delivery;
  private final Runnable onClose;

  Producer(Delivery delivery, Runnable onClose) {
    this.delivery = delivery;
    this.onClose = onClose;
  }

  /**
   * Sends a batch; blocks while too much is in flight.
   *
   * @param series as many values as times in each, or no times: the time of arrival
   * @return the server's answer
   * @throws IllegalArgumentException if the batch is over {@link BatchBuilder#BYTES_LIMIT}; split
   *     it, for instance with a {@link BatchBuilder}
   * @throws ThalwegException if the producer has failed or is closed
   */
  public CompletableFuture<IngestResponse> send(List<Series> series) throws InterruptedException {
    return delivery.put(series);
  }

  /**
   * Sends a batch if there is room for it, and never blocks.
   *
   * @return empty: too much is in flight; see {@link #whenRoom}
   */
  public Optional<CompletableFuture<IngestResponse>> trySend(List<Series> series) {
    return delivery.offer(series);
  }

  /**
   * Completes once a batch of so many samples would find room, if no other sender is faster.
   *
   * @param samples of the batch that waits
   */
  public CompletableFuture<Void> whenRoom(int samples) {
    return delivery.whenRoom(samples);
  }

  /** The number that the next batch will get. */
  public long nextSequence() {
    return delivery.nextSequence();
  }

  /**
   * Waits until all that was sent is acknowledged.
   *
   * @throws ThalwegException if the producer has failed
   */
  public void drain() throws InterruptedException {
    delivery.drain();
  }

  /**
   * Drains and ends. If the thread is interrupted meanwhile, the rest is given up and the thread's
   * interrupt flag is set.
   *
   * @throws ThalwegException if not all could be acknowledged
   */
  @Override
  public void close() {
    try {
      delivery.drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw delivery.abort("interrupted while waiting for acknowledgements");
    } finally {
      delivery.end();
      onClose.run();
    }
  }
}
