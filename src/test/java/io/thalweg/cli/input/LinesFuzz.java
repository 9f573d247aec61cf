package io.thalweg.cli.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Any bytes as lines of CSV and of JSON: samples, malformed lines, or a file that can't be read on,
 * and nothing else.
 */
public final class LinesFuzz {
  private static final Optional<String> NO_COLUMN = Optional.empty();

  private LinesFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    for (Format format : Format.values()) {
      for (boolean header : new boolean[] {true, false}) {
        read(input, format, header);
      }
    }
  }

  private static void read(byte[] input, Format format, boolean header) {
    Reader text = new InputStreamReader(new ByteArrayInputStream(input), StandardCharsets.UTF_8);
    Mapping mapping =
        new Mapping(
            format,
            header,
            NO_COLUMN,
            NO_COLUMN,
            NO_COLUMN,
            NO_COLUMN,
            "file",
            new TimeParser(ZoneOffset.UTC, TimeUnit.MILLISECONDS));
    try (LineReader lines =
        format == Format.CSV ? new CsvReader(text, mapping) : new NdjsonReader(text, mapping)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        if (line instanceof Line.Sample sample && sample.key().length() > input.length) {
          throw new AssertionError("a key is longer than the file");
        }
      }
    } catch (IOException unreadable) {
      // As declared.
    }
  }
}
