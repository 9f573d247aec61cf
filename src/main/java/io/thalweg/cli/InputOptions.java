package io.thalweg.cli;

import io.thalweg.cli.input.Format;
import io.thalweg.cli.input.Mapping;
import io.thalweg.cli.input.Source;
import io.thalweg.cli.input.TimeParser;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a file's lines become samples. */
final class InputOptions {
  @Option(
      names = {"-f", "--format"},
      paramLabel = "csv|ndjson",
      description =
          "Default: by the name, .csv, or .ndjson, .jsonl and .json, each also with .gz; otherwise"
              + " csv. Gzip is recognized by its first bytes.")
  private Optional<Format> format = Optional.empty();

  @Option(
      names = "--no-header",
      description = "A CSV file begins with samples; columns are given as numbers.")
  private boolean noHeader;

  @Option(
      names = "--key-column",
      paramLabel = "NAME|N",
      description =
          "Column (name, or number from 1) or field of the key. Default: 'key' if there is one,"
              + " otherwise the key is the file's name without extensions.")
  private Optional<String> keyColumn = Optional.empty();

  @Option(
      names = "--key-from-file",
      description = "The key is the file's name without extensions, whatever the columns.")
  private boolean keyFromFile;

  @Option(names = "--key", paramLabel = "KEY", description = "The key of all samples.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--time-column",
      paramLabel = "NAME|N",
      description =
          "Column or field of the time. Default: 'time' or 'timestamp' if there is one, otherwise a"
              + " sample's time is that of its arrival at the server.")
  private Optional<String> timeColumn = Optional.empty();

  @Option(
      names = "--value-column",
      paramLabel = "NAME|N",
      description = "Column or field of the value. Default: 'value'.")
  private Optional<String> valueColumn = Optional.empty();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      converter = ZoneConverter.class,
      description = "Of times without an offset; e.g. Europe/Berlin. Default: UTC.")
  private ZoneId zone = ZoneId.of("UTC");

  @Option(
      names = "--time-unit",
      paramLabel = "s|ms|us|ns",
      defaultValue = "ms",
      converter = UnitConverter.class,
      description = "Of times that are numbers, counted from 1970. Default: ms.")
  private TimeUnit unit = TimeUnit.MILLISECONDS;

  /** Whether one key is named for all samples. */
  boolean namesKey() {
    return key.isPresent();
  }

  /** Says what options contradict each other; empty: none. */
  Optional<String> contradiction() {
    int keys = (key.isPresent() ? 1 : 0) + (keyFromFile ? 1 : 0) + (keyColumn.isPresent() ? 1 : 0);
    if (keys > 1) {
      return Optional.of("--key, --key-column and --key-from-file exclude each other");
    }
    return noHeader && valueColumn.isEmpty()
        ? Optional.of("--no-header needs --value-column")
        : Optional.empty();
  }

  Mapping of(Source source) {
    return new Mapping(
        format.or(() -> Format.byName(source.name())).orElse(Format.CSV),
        !noHeader,
        keyColumn,
        timeColumn,
        valueColumn,
        keyFromFile ? Optional.of(source.baseName()) : key,
        source.baseName(),
        new TimeParser(zone, unit));
  }

  static final class UnitConverter implements ITypeConverter<TimeUnit> {
    @Override
    public TimeUnit convert(String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "s" -> TimeUnit.SECONDS;
        case "ms" -> TimeUnit.MILLISECONDS;
        case "us" -> TimeUnit.MICROSECONDS;
        case "ns" -> TimeUnit.NANOSECONDS;
        default -> throw new TypeConversionException("'" + value + "' is none of s, ms, us, ns");
      };
    }
  }

  static final class ZoneConverter implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String value) {
      try {
        return ZoneId.of(value);
      } catch (DateTimeException e) {
        throw new TypeConversionException("'" + value + "' is not a time zone");
      }
    }
  }
}
