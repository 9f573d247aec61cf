package io.thalweg.cli.input;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which column or field of a line is what.
 *
 * @param header whether a CSV file begins with the names of its columns
 * @param keyColumn name or number from 1; empty: 'key' if there is one
 * @param timeColumn name or number; empty: 'time' or 'timestamp' if there is one
 * @param valueColumn name or number; empty: 'value'
 * @param key of all samples; empty: the key column's, or where there is none, {@code fallbackKey}
 * @param fallbackKey from the file's name
 * @param times how times are read
 */
public record Mapping(
    Format format,
    boolean header,
    Optional<String> keyColumn,
    Optional<String> timeColumn,
    Optional<String> valueColumn,
    Optional<String> key,
    String fallbackKey,
    TimeParser times) {

  static final List<String> KEY_NAMES = List.of("key");
  static final List<String> TIME_NAMES = List.of("time", "timestamp");
  static final List<String> VALUE_NAMES = List.of("value");

  /** The same text for the same reading of the same file, in every run. */
  String canonical() {
    return String.join(
        "\n",
        format.name(),
        String.valueOf(header),
        keyColumn.toString(),
        timeColumn.toString(),
        valueColumn.toString(),
        key.toString(),
        fallbackKey,
        times.zone().getId(),
        times.unit().name());
  }

  /** A line's sample, or what is wrong with it. */
  Line line(long number, String key, Optional<String> time, String value) {
    try {
      OptionalLong nanos =
          time.isEmpty() ? OptionalLong.empty() : OptionalLong.of(times.parse(time.get().strip()));
      return new Line.Sample(number, key, nanos, parseValue(value.strip()));
    } catch (IllegalArgumentException e) {
      return new Line.Malformed(number, String.valueOf(e.getMessage()));
    }
  }

  /** Decimal numbers only; not the suffixes and the hexadecimal form that Java knows. */
  private static double parseValue(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("no value");
    }
    char last = text.charAt(text.length() - 1);
    if ("dDfF".indexOf(last) < 0 && !text.contains("x") && !text.contains("X")) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("value '" + text + "' is not a number", e);
      }
    }
    throw new IllegalArgumentException("value '" + text + "' is not a number");
  }
}
