package io.thalweg.cli.input;

import io.thalweg.client.Producer;
import io.thalweg.client.ProducerSettings;
import io.thalweg.client.ThalwegClient;
import io.thalweg.v1.IngestResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file's batches under producers that never grow old.
 *
 * <p>Of each producer a key remembers only the numbers up to 256 below the highest; older ones it
 * can't tell from new ones and refuses. A file that is sent again from its first batch would meet
 * that. So each 256 batches get a producer of their own, numbered 1 to 256, of which no number is
 * ever too old. One segment is acknowledged before the next begins, which keeps each key's order. A
 * key remembers a bounded number of producers (1,024 unless configured otherwise): a file may have
 * 256 times as many batches.
 */
final class Segments implements AutoCloseable {
  static final int BATCHES = 256;

  private final ThalwegClient client;
  private final String stream;
  private final String producerId;
  private final BiConsumer<LineBatch, IngestResponse> answers;
  private final List<CompletableFuture<Void>> open = new ArrayList<>();
  private @Nullable Producer producer;
  private int segment;

  Segments(
      ThalwegClient client,
      String stream,
      String producerId,
      BiConsumer<LineBatch, IngestResponse> answers) {
    this.client = client;
    this.stream = stream;
    this.producerId = producerId;
    this.answers = answers;
  }

  /** Blocks while much is in flight. */
  void send(LineBatch batch) throws InterruptedException {
    if (open.size() == BATCHES) {
      finish();
    }
    if (producer == null) {
      segment++;
      producer = client.producer(ProducerSettings.of(stream, producerId + "/" + segment));
    }
    open.add(producer.send(batch.series()).thenAccept(response -> answers.accept(batch, response)));
  }

  /**
   * Returns when all is acknowledged and every answer has been heard.
   *
   * @throws io.thalweg.client.ThalwegException if not all could be
   */
  void finish() throws InterruptedException {
    if (producer != null) {
      producer.drain();
      producer.close();
      producer = null;
    }
    try {
      open.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new IllegalStateException("an acknowledged batch could not be accounted for", e);
    }
    open.clear();
  }

  /** Leaves what is open to the client's end. */
  @Override
  public void close() {
    open.clear();
  }
}
