package io.thalweg.ingest.kafka;

import java.util.Arrays;

/** Reads columns of one line of CSV, as RFC 4180 has it; the line's end may be there. */
final class CsvReader implements FieldReader {
  private static final char QUOTE = '"';
  private static final int NONE = -1;

  private final char separator;
  private final int columns;

  /** Of each field the column; -1: it is not asked for. */
  private final int[] columnOf = new int[Fields.count()];

  private final StringBuilder quoted = new StringBuilder();

  CsvReader(RecordLayout.Format.Csv format, Fields fields) {
    separator = format.separator();
    columns = format.columns().size();
    Arrays.setAll(
        columnOf,
        field ->
            fields.path(field).map(path -> format.columns().indexOf(path.getFirst())).orElse(NONE));
  }

  @Override
  public void read(byte[] value, Fields fields) throws Poison {
    String line = withoutEnd(Utf8.text(value, "the value"));
    int column = 0;
    int at = 0;
    while (at <= line.length()) {
      boolean isQuoted = at < line.length() && line.charAt(at) == QUOTE;
      int end = isQuoted ? unquote(line, at + 1) : endOf(line, at);
      String text = isQuoted ? quoted.toString() : line.substring(at, end);
      put(fields, column, text);
      column++;
      at = end + 1;
    }
    if (column != columns) {
      throw new Poison("the line has " + column + " columns, and must have " + columns);
    }
  }

  private void put(Fields fields, int column, String text) throws Poison {
    for (int field = 0; field < columnOf.length; field++) {
      if (columnOf[field] != column) {
        continue;
      }
      if (text.isEmpty()) {
        fields.putNull(field);
      } else if (field == Fields.KEY) {
        fields.putText(field, text);
      } else {
        NumberReader.putNumberOrText(fields, field, text.strip());
      }
    }
  }

  private int endOf(String line, int from) throws Poison {
    int end = line.indexOf(separator, from);
    end = end < 0 ? line.length() : end;
    int quote = line.indexOf(QUOTE, from);
    if (quote >= 0 && quote < end) {
      throw new Poison("there is a quote amid a column that does not begin with one");
    }
    return end;
  }

  /** Returns where the column ends, behind the closing quote. */
  private int unquote(String line, int from) throws Poison {
    quoted.setLength(0);
    int at = from;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c != QUOTE) {
        quoted.append(c);
        at++;
      } else if (at + 1 < line.length() && line.charAt(at + 1) == QUOTE) {
        quoted.append(QUOTE);
        at += 2;
      } else if (at + 1 == line.length() || line.charAt(at + 1) == separator) {
        return at + 1;
      } else {
        throw new Poison("something follows the closing quote of a column");
      }
    }
    throw new Poison("a quote is not closed");
  }

  private static String withoutEnd(String line) {
    int end = line.length();
    end = end > 0 && line.charAt(end - 1) == '\n' ? end - 1 : end;
    end = end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end;
    return line.substring(0, end);
  }
}
