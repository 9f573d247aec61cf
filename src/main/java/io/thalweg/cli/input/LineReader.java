package io.thalweg.cli.input;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lines of a file, in order. Empty ones are left out. */
interface LineReader extends Closeable {

  /**
   * Null at the end.
   *
   * @throws IOException if the file can't be read on
   */
  @Nullable Line next() throws IOException;
}
