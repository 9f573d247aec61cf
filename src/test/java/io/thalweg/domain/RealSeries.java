package io.thalweg.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The series that the program is delivered with.
 *
 * @param name the group and the file
 * @param timesNanos since 1970, taken as UTC
 */
@SuppressWarnings("ArrayRecordComponent") // Of tests that only read them.
public record RealSeries(String name, long[] timesNanos, double[] values) {
  private static final Path FOLDER = Path.of("src", "main", "demo", "nab", "data");
  private static final long SECOND = 1_000_000_000;

  /** All of them, by name. */
  public static List<RealSeries> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".csv"))
          .sorted()
          .map(RealSeries::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int size() {
    return values.length;
  }

  private static RealSeries read(Path file) {
    List<String> rows;
    try {
      rows = new ArrayList<>(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows.removeIf(String::isBlank);
    long[] times = new long[rows.size() - 1];
    double[] values = new double[rows.size() - 1];
    for (int i = 0; i < times.length; i++) {
      String row = rows.get(i + 1);
      int comma = row.indexOf(',');
      times[i] = nanos(row.substring(0, comma));
      values[i] = Double.parseDouble(row.substring(comma + 1));
    }
    return new RealSeries(FOLDER.relativize(file).toString(), times, values);
  }

  private static long nanos(String time) {
    return LocalDateTime.parse(time.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC) * SECOND;
  }
}
