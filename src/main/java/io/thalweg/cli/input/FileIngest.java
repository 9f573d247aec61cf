package io.thalweg.cli.input;

import io.thalweg.client.ThalwegClient;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Sends a file's samples so that any number of runs counts each once.
 *
 * <p>Which line stands in which batch depends on the file, on how it is read and on the size of a
 * batch alone, never on time or on the server. A batch ends where it is full, at the first
 * malformed line, and at the end. (At the first malformed line because a run may stop there; ending
 * the batch in a run that goes on too gives both the same batches.)
 *
 * @param stream where samples go
 * @param producerId empty: the file's {@link Fingerprint}; of standard input a random one
 * @param stopAtMalformed whether to leave the rest at the first malformed line
 */
public record FileIngest(
    ThalwegClient client,
    String stream,
    Optional<String> producerId,
    int batchSize,
    boolean stopAtMalformed) {

  /** More than so many malformed or refused lines are only counted. */
  public static final int COMPLAINTS_MAX = 20;

  /** The largest batch that always fits a message. */
  public static final int BATCH_SIZE_MAX = 100_000;

  /** Hears what became of a file even if it could not be sent whole. */
  public interface Listener extends LongConsumer {
    void report(FileReport report);
  }

  /**
   * Sends a file and returns when all is durable.
   *
   * @throws IOException if it can't be read to its end; the full batches before are durable
   * @throws io.thalweg.client.ThalwegException if the server can't be reached or refuses
   */
  public void send(Source source, Mapping mapping, Listener listener)
      throws IOException, InterruptedException {
    Tally tally = new Tally(source.name());
    String producer = producer(source, mapping);
    try (LineReader lines = source.read(mapping, listener);
        Segments segments = new Segments(client, stream, producer, tally::answered)) {
      send(lines, segments, tally);
    } catch (CharacterCodingException e) {
      throw new InputException("after about " + tally.report().lines() + " lines: not UTF-8", e);
    } finally {
      listener.report(tally.report());
    }
  }

  /**
   * A batch that a failed read cut short is not sent: the next run may read on, and would find the
   * batch's number taken.
   */
  private void send(LineReader lines, Segments segments, Tally tally)
      throws IOException, InterruptedException {
    try {
      LineBatch.Filler batch = new LineBatch.Filler(batchSize);
      Line line = lines.next();
      while (line != null && take(line, batch, segments, tally)) {
        line = lines.next();
      }
      flush(batch, segments);
    } catch (IOException e) {
      segments.finish();
      throw e;
    }
    segments.finish();
  }

  /** Returns whether to go on. */
  private boolean take(Line line, LineBatch.Filler batch, Segments segments, Tally tally)
      throws InterruptedException {
    tally.line();
    switch (line) {
      case Line.Sample sample -> add(sample, batch, segments);
      case Line.Malformed malformed -> {
        if (tally.malformed(malformed)) {
          flush(batch, segments);
        }
        if (stopAtMalformed) {
          tally.stopped();
          return false;
        }
      }
    }
    return true;
  }

  private static void add(Line.Sample sample, LineBatch.Filler batch, Segments segments)
      throws InterruptedException {
    if (!batch.add(sample)) {
      segments.send(batch.take());
      batch.add(sample);
    }
  }

  private static void flush(LineBatch.Filler batch, Segments segments) throws InterruptedException {
    if (!batch.isEmpty()) {
      segments.send(batch.take());
    }
  }

  private String producer(Source source, Mapping mapping) throws IOException {
    if (producerId.isPresent()) {
      return producerId.get();
    }
    return source.isStandardInput()
        ? "stdin:" + UUID.randomUUID()
        : Fingerprint.of(source, mapping, batchSize);
  }
}
