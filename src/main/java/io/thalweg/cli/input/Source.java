package io.thalweg.cli.input;

import io.thalweg.domain.sample.Series;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;

/**
 * Where samples are read from: a file, or standard input.
 *
 * @param path the file; {@code -} stands for standard input
 */
public record Source(Path path) {
  private static final Path STANDARD_INPUT = Path.of("-");
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  public boolean isStandardInput() {
    return path.equals(STANDARD_INPUT);
  }

  /** The file's name without its folder. */
  public String name() {
    return isStandardInput() ? "-" : String.valueOf(path.getFileName());
  }

  /** The name without extensions of formats: {@code a.b.csv.gz} is {@code a.b}. */
  public String baseName() {
    return name().replaceFirst("(?i)(\\.(csv|ndjson|jsonl|json|txt))?(\\.gz)?$", "");
  }

  /** In bytes; -1 where it isn't known. */
  public long size() throws IOException {
    return isStandardInput() ? -1 : Files.size(path);
  }

  /** In bytes, of all; -1 where one isn't known. */
  public static long totalSize(List<Source> sources) throws IOException {
    long total = 0;
    for (Source source : sources) {
      long size = source.size();
      if (size < 0) {
        return -1;
      }
      total += size;
    }
    return total;
  }

  /** The bytes as they are stored. */
  InputStream open() throws IOException {
    return isStandardInput() ? System.in : Files.newInputStream(path);
  }

  /**
   * The samples.
   *
   * @param progress hears how many more bytes have been read
   */
  LineReader read(Mapping mapping, LongConsumer progress) throws IOException {
    Reader text = text(unpacked(new Counted(open(), progress)));
    return switch (mapping.format()) {
      case CSV -> new CsvReader(text, mapping);
      case NDJSON -> new NdjsonReader(text, mapping);
    };
  }

  /**
   * All values, in order.
   *
   * @throws InputException at a malformed line
   */
  public double[] values(Mapping mapping) throws IOException {
    DoubleStream.Builder values = DoubleStream.builder();
    forEach(mapping, sample -> values.add(sample.value()));
    return values.build().toArray();
  }

  /**
   * All samples, in order, as a series of one key: the mapping's fallback.
   *
   * @throws InputException at a malformed line, or one without a time
   */
  public Series series(Mapping mapping) throws IOException {
    LongStream.Builder times = LongStream.builder();
    DoubleStream.Builder values = DoubleStream.builder();
    forEach(
        mapping,
        sample -> {
          times.add(time(sample));
          values.add(sample.value());
        });
    return new Series(mapping.fallbackKey(), times.build().toArray(), values.build().toArray());
  }

  /**
   * All samples, in order.
   *
   * @param progress hears how many more bytes have been read
   * @throws InputException at a malformed line, or one without a time or with a value that is not
   *     finite
   */
  public void samples(Mapping mapping, LongConsumer progress, KeyedSamples samples)
      throws IOException {
    forEach(
        mapping,
        progress,
        sample -> {
          if (!Double.isFinite(sample.value())) {
            throw new InputException(at(sample) + "the value is not finite: " + sample.value());
          }
          samples.accept(sample.key(), time(sample), sample.value());
        });
  }

  private long time(Line.Sample sample) throws InputException {
    return sample
        .timeUnixNano()
        .orElseThrow(() -> new InputException(at(sample) + "there is no time"));
  }

  private void forEach(Mapping mapping, Each each) throws IOException {
    forEach(mapping, bytes -> {}, each);
  }

  private void forEach(Mapping mapping, LongConsumer progress, Each each) throws IOException {
    try (LineReader lines = read(mapping, progress)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        switch (line) {
          case Line.Sample sample -> each.accept(sample);
          case Line.Malformed bad -> throw new InputException(at(bad) + bad.reason());
        }
      }
    }
  }

  private String at(Line line) {
    return path + ":" + line.number() + ": ";
  }

  private static InputStream unpacked(InputStream raw) throws IOException {
    PushbackInputStream bytes = new PushbackInputStream(new BufferedInputStream(raw, 1 << 16), 2);
    byte[] magic = bytes.readNBytes(2);
    bytes.unread(magic);
    boolean gzip = magic.length == 2 && (magic[0] & 0xFF) == 0x1F && (magic[1] & 0xFF) == 0x8B;
    return gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes;
  }

  /** UTF-8, strictly: a key with a replaced character would be another key. */
  private static Reader text(InputStream bytes) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  /** Takes samples in order, or refuses one. */
  public interface KeyedSamples {
    /**
     * The next one.
     *
     * @param timeNanos since 1970
     */
    void accept(String key, long timeNanos, double value) throws InputException;
  }

  /** Takes a sample, or refuses it. */
  private interface Each {
    void accept(Line.Sample sample) throws InputException;
  }

  /** Tells of the bytes that were read. */
  private static final class Counted extends FilterInputStream {
    private final LongConsumer progress;

    Counted(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      progress.accept(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      progress.accept(Math.max(0, read));
      return read;
    }
  }
}
