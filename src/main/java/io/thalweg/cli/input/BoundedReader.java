package io.thalweg.cli.input;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Refuses to read records without an end, such as the rest of a file after a stray quote. */
final class BoundedReader extends FilterReader {
  private static final int RECORD_CHARS_MAX = 4 * 1024 * 1024;

  private int sinceRecord;

  BoundedReader(Reader in) {
    super(in);
  }

  /** A record has been read whole. */
  void recordEnds() {
    sinceRecord = 0;
  }

  @Override
  public int read() throws IOException {
    return counted(super.read(), 1);
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    return counted(read, read);
  }

  private int counted(int result, int chars) throws IOException {
    sinceRecord += Math.max(0, chars);
    if (sinceRecord > RECORD_CHARS_MAX) {
      throw new InputException(
          "a record of more than " + RECORD_CHARS_MAX + " characters: is a quote left open?");
    }
    return result;
  }
}
