package io.thalweg.ingest.kafka;

import io.thalweg.rpc.Excerpt;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one record's value that are asked for: key, time and value. Of one thread; used for
 * one record after the other.
 *
 * <p>A reader puts in what it finds, by the field's place; {@link RecordDecoder} takes it out. A
 * number keeps its text where that is what the record has, so that no digit is lost.
 */
final class Fields {
  static final int KEY = 0;
  static final int TIME = 1;
  static final int VALUE = 2;
  private static final int COUNT = 3;

  /** What a field holds. */
  enum Kind {
    ABSENT,
    NULL,
    TEXT,
    INTEGER,
    DECIMAL,
    OTHER
  }

  private final List<Optional<List<String>>> paths;
  private final Kind[] kinds = new Kind[COUNT];
  private final @Nullable String[] texts = new String[COUNT];
  private final long[] integers = new long[COUNT];
  private final double[] decimals = new double[COUNT];

  Fields(RecordLayout layout) {
    paths =
        List.of(
            layout.key() instanceof RecordLayout.Key.OfField field
                ? Optional.of(field.path())
                : Optional.empty(),
            layout.time().map(RecordLayout.Time::path),
            layout.value());
  }

  /** Where a field is; empty where it is not asked for. */
  Optional<List<String>> path(int field) {
    return paths.get(field);
  }

  static int count() {
    return COUNT;
  }

  void clear() {
    for (int i = 0; i < COUNT; i++) {
      kinds[i] = Kind.ABSENT;
      texts[i] = null;
    }
  }

  void putText(int field, String text) throws Poison {
    put(field, Kind.TEXT);
    texts[field] = text;
  }

  /**
   * @param text as the record has it; null where it has the number itself
   */
  void putInteger(int field, long number, @Nullable String text) throws Poison {
    put(field, Kind.INTEGER);
    integers[field] = number;
    texts[field] = text;
  }

  /** The same of a number with a fraction, or too large for an integer. */
  void putDecimal(int field, double number, @Nullable String text) throws Poison {
    put(field, Kind.DECIMAL);
    decimals[field] = number;
    texts[field] = text;
  }

  void putNull(int field) throws Poison {
    put(field, Kind.NULL);
  }

  void putOther(int field) throws Poison {
    put(field, Kind.OTHER);
  }

  private void put(int field, Kind kind) throws Poison {
    if (kinds[field] != Kind.ABSENT) {
      throw new Poison("the field " + name(field) + " is there twice");
    }
    kinds[field] = kind;
  }

  Kind kind(int field) {
    return kinds[field];
  }

  /** A text, or a number as it is written. */
  String text(int field) {
    String text = texts[field];
    if (text != null) {
      return text;
    }
    return kinds[field] == Kind.INTEGER
        ? Long.toString(integers[field])
        : Double.toString(decimals[field]);
  }

  long integer(int field) {
    return integers[field];
  }

  double number(int field) {
    return kinds[field] == Kind.INTEGER ? integers[field] : decimals[field];
  }

  /** What is wrong with a field that is not of the kind that it should be. */
  Poison not(int field, String what) {
    return new Poison(
        switch (kinds[field]) {
          case ABSENT -> "there is no field " + name(field);
          case NULL -> "the field " + name(field) + " is null";
          case OTHER -> "the field " + name(field) + " must be " + what;
          case TEXT, INTEGER, DECIMAL ->
              "the field %s must be %s, but is '%s'"
                  .formatted(name(field), what, Excerpt.of(text(field)));
        });
  }

  private String name(int field) {
    return "'" + String.join(".", paths.get(field).orElse(List.of())) + "'";
  }
}
