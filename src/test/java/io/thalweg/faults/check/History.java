package io.thalweg.faults.check;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What producers knew, one line for each step of a batch: {@code invoked} before it is sent, and
 * {@code ok}, {@code failed} or {@code unknown} afterwards. A batch that was invoked and never
 * heard of again is as good as unknown. Thread-safe.
 */
public final class History implements AutoCloseable {

  /** What became of a batch. */
  public enum Fate {
    /** On its way; as far as is known, for ever. */
    INVOKED,
    /** Acknowledged: durable and counted. */
    OK,
    /** Refused: nothing of it is stored. */
    FAILED,
    /** Its producer gave up: stored or not. */
    UNKNOWN
  }

  private final Path file;
  private final BufferedWriter lines;

  public History(Path file) throws IOException {
    this.file = file;
    this.lines = Files.newBufferedWriter(file);
  }

  /** Before a batch is sent. */
  public void invoked(String producer, long sequence) {
    write(Fate.INVOKED, producer, sequence);
  }

  /** What its producer was told. */
  public void told(Fate fate, String producer, long sequence) {
    write(fate, producer, sequence);
  }

  private synchronized void write(Fate fate, String producer, long sequence) {
    try {
      lines.write(fate.name().toLowerCase(Locale.ROOT) + " " + producer + " " + sequence + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of each producer what became of each of its batches, as the file has it. */
  public synchronized Map<String, Map<Long, Fate>> read() throws IOException {
    lines.flush();
    Map<String, Map<Long, Fate>> fates = new TreeMap<>();
    try (var all = Files.lines(file)) {
      all.forEach(
          line -> {
            String[] words = line.split(" ", -1);
            fates
                .computeIfAbsent(words[1], producer -> new TreeMap<>())
                .put(Long.valueOf(words[2]), Fate.valueOf(words[0].toUpperCase(Locale.ROOT)));
          });
    }
    return fates;
  }

  @Override
  public synchronized void close() throws IOException {
    lines.close();
  }
}
