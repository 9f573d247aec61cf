package io.thalweg.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text that a call's requests repeat. While it stays the same it is one and the same object: it
 * is not made anew, and those behind the edge can tell at a glance that it is. Of one thread.
 */
final class KnownText {
  private byte[] utf8 = {};
  private String text = "";

  /** The text at a place in a request; valid UTF-8. */
  String of(byte[] request, RequestColumns.Text place) {
    int from = place.at();
    int to = from + place.length();
    if (!Arrays.equals(utf8, 0, utf8.length, request, from, to)) {
      utf8 = Arrays.copyOfRange(request, from, to);
      text = new String(utf8, StandardCharsets.UTF_8);
    }
    return text;
  }
}
