package io.thalweg.ingest.kafka;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * How a record is read.
 *
 * @param format of its value
 * @param key where the stream key stands
 * @param time the field with the event time; empty: the record's timestamp is it
 * @param value the field with the value; empty where the format has but one
 */
public record RecordLayout(
    Format format, Key key, Optional<Time> time, Optional<List<String>> value) {

  /** What the bytes of a value are. */
  public sealed interface Format {

    /** One JSON object. */
    record Json() implements Format {}

    /**
     * One line of CSV (RFC 4180).
     *
     * @param columns their names, in order; a record has just as many
     */
    record Csv(List<String> columns, char separator) implements Format {
      public Csv {
        columns = List.copyOf(columns);
        if (columns.isEmpty() || Set.copyOf(columns).size() < columns.size()) {
          throw new IllegalArgumentException("columns must be distinct names: " + columns);
        }
        if (separator == '"' || separator == '\r' || separator == '\n') {
          throw new IllegalArgumentException("separator must not be a quote or the end of a line");
        }
      }
    }

    /**
     * Avro's binary encoding of one datum.
     *
     * @param schema by which it was written
     * @param skipBytes before it: 5 where a schema registry's client wrote it
     */
    record Avro(Schema schema, int skipBytes) implements Format {
      public Avro {
        if (skipBytes < 0 || skipBytes > 1_024) {
          throw new IllegalArgumentException(
              "skip-bytes must be from 0 to 1024, but is " + skipBytes);
        }
      }
    }

    /** A number as text. */
    record NumberText() implements Format {}

    /** Eight bytes, big-endian. */
    record BinaryDouble() implements Format {}
  }

  /** Where the stream key stands. */
  public sealed interface Key {

    /** The record's key, in UTF-8. */
    record OfRecord() implements Key {}

    /** The last header of a name, in UTF-8. */
    record OfHeader(String name) implements Key {}

    /** A field of the value. */
    record OfField(List<String> path) implements Key {}
  }

  /** A field with the event time. */
  public record Time(List<String> path, TimeFormat format) {}

  /** How a time is written. */
  public enum TimeFormat {
    SECONDS,
    MILLIS,
    MICROS,
    NANOS,
    ISO
  }

  public RecordLayout {
    boolean hasFields =
        !(format instanceof Format.NumberText || format instanceof Format.BinaryDouble);
    if (hasFields != value.isPresent()) {
      throw new IllegalArgumentException(
          hasFields
              ? "it needs value-field, where the value stands"
              : "the whole value is the number: there is no value-field");
    }
    if (!hasFields && (time.isPresent() || key instanceof Key.OfField)) {
      throw new IllegalArgumentException(
          "the whole value is the number: there is no key-field and no time-field");
    }
    if (format instanceof Format.Csv csv) {
      value.ifPresent(path -> requireColumn(csv, "value-field", path));
      time.ifPresent(field -> requireColumn(csv, "time-field", field.path()));
      if (key instanceof Key.OfField field) {
        requireColumn(csv, "key-field", field.path());
      }
    }
  }

  private static void requireColumn(Format.Csv csv, String setting, List<String> path) {
    if (path.size() != 1 || !csv.columns().contains(path.getFirst())) {
      throw new IllegalArgumentException(
          setting
              + " must be one of the columns "
              + csv.columns()
              + ", but is "
              + String.join(".", path));
    }
  }
}
