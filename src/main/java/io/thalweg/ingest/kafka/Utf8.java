package io.thalweg.ingest.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text from bytes. */
final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * @param what has the bytes, for the message
   * @throws Poison if they are not UTF-8
   */
  static String text(byte[] bytes, String what) throws Poison {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) { // it may be there rightly
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      } catch (CharacterCodingException broken) {
        throw new Poison(what + " is not UTF-8");
      }
    }
    return text;
  }
}
