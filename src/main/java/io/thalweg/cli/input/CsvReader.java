package io.thalweg.cli.input;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Lines of comma-separated values as RFC 4180 has them. */
final class CsvReader implements LineReader {
  private static final CSVFormat RFC = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).get();

  private final Mapping mapping;
  private final BoundedReader source;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private @Nullable Columns columns;

  CsvReader(Reader reader, Mapping mapping) throws IOException {
    this.mapping = mapping;
    this.source = new BoundedReader(reader);
    this.parser = CSVParser.builder().setReader(source).setFormat(RFC).get();
    this.records = parser.iterator();
  }

  @Override
  public @Nullable Line next() throws IOException {
    if (columns == null) {
      columns = readColumns();
    }
    for (CSVRecord record = pull(); record != null; record = pull()) {
      if (record.size() > 1 || !record.get(0).isBlank()) {
        return line(record, columns);
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private Columns readColumns() throws IOException {
    if (!mapping.header()) {
      return Columns.without(mapping);
    }
    CSVRecord header = pull();
    if (header == null) {
      throw new InputException("it is empty: its first line should name its columns");
    }
    return Columns.of(mapping, header.toList());
  }

  private Line line(CSVRecord record, Columns at) {
    long number = parser.getCurrentLineNumber();
    if (record.size() < at.atLeast()) {
      return new Line.Malformed(
          number, record.size() + " columns where " + at.atLeast() + " are needed");
    }
    String key = mapping.key().or(() -> at.key().map(record::get)).orElse(mapping.fallbackKey());
    return mapping.line(number, key, at.time().map(record::get), record.get(at.value()));
  }

  private @Nullable CSVRecord pull() throws IOException {
    try {
      CSVRecord record = records.hasNext() ? records.next() : null;
      source.recordEnds();
      return record;
    } catch (UncheckedIOException e) {
      throw broken(e);
    }
  }

  /** The parser's own message names the line, but one of reading does not. */
  private IOException broken(UncheckedIOException thrown) {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    return new InputException(
        "after line " + parser.getCurrentLineNumber() + ": " + cause.getMessage(), cause);
  }

  /** Where the parts of a sample stand, counted from 0. */
  private record Columns(Optional<Integer> key, Optional<Integer> time, int value) {

    static Columns of(Mapping mapping, List<String> header) throws InputException {
      List<String> names = header.stream().map(String::strip).toList();
      Optional<Integer> value = find(names, mapping.valueColumn(), Mapping.VALUE_NAMES);
      if (value.isEmpty()) {
        throw new InputException("line 1 names no column 'value', only " + names);
      }
      return new Columns(
          mapping.key().isPresent()
              ? Optional.empty()
              : find(names, mapping.keyColumn(), Mapping.KEY_NAMES),
          find(names, mapping.timeColumn(), Mapping.TIME_NAMES),
          value.get());
    }

    static Columns without(Mapping mapping) throws InputException {
      Optional<Integer> value = find(List.of(), mapping.valueColumn(), List.of());
      if (value.isEmpty()) {
        throw new InputException("without a header the value's column must be given as a number");
      }
      return new Columns(
          find(List.of(), mapping.keyColumn(), List.of()),
          find(List.of(), mapping.timeColumn(), List.of()),
          value.get());
    }

    int atLeast() {
      return 1 + Math.max(value, Math.max(key.orElse(0), time.orElse(0)));
    }

    private static Optional<Integer> find(
        List<String> names, Optional<String> wanted, List<String> usual) throws InputException {
      if (wanted.isEmpty()) {
        return usual.stream().map(names::indexOf).filter(i -> i >= 0).findFirst();
      }
      int named = names.indexOf(wanted.get());
      if (named >= 0) {
        return Optional.of(named);
      }
      if (wanted.get().matches("[1-9]\\d{0,4}")) {
        return Optional.of(Integer.parseInt(wanted.get()) - 1);
      }
      throw new InputException("no column '" + wanted.get() + "' among " + names);
    }
  }
}
