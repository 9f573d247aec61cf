package io.thalweg.ingest.kafka;

import io.thalweg.rpc.Excerpt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads a value that is one number: as text, or as eight bytes. */
final class NumberReader implements FieldReader {
  private static final int CHARACTERS_MAX = 400;
  private final boolean binary;

  NumberReader(boolean binary) {
    this.binary = binary;
  }

  @Override
  public void read(byte[] value, Fields fields) throws Poison {
    if (!binary) {
      put(fields, Fields.VALUE, new String(value, StandardCharsets.ISO_8859_1).strip());
    } else if (value.length == Double.BYTES) {
      fields.putDecimal(Fields.VALUE, ByteBuffer.wrap(value).getDouble(), null);
    } else {
      throw new Poison("the value must have 8 bytes, but has " + value.length);
    }
  }

  /**
   * Puts in a number as people and JSON write it, or the text where it is none.
   *
   * @throws Poison if the field is there twice
   */
  static void putNumberOrText(Fields fields, int field, String text) throws Poison {
    if (!isNumber(text)) {
      fields.putText(field, text);
    } else if (isShortInteger(text)) {
      fields.putInteger(field, Long.parseLong(text), text);
    } else {
      fields.putDecimal(field, Double.parseDouble(text), text);
    }
  }

  private static void put(Fields fields, int field, String text) throws Poison {
    if (!isNumber(text)) {
      throw new Poison("the value must be a number, but is '" + Excerpt.of(text) + "'");
    }
    putNumberOrText(fields, field, text);
  }

  /** Digits with sign, point and exponent: none of the other texts that Java takes for a number. */
  private static boolean isNumber(String text) {
    boolean digits = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isDigit = c >= '0' && c <= '9';
      if (!isDigit && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E') {
        return false;
      }
      digits |= isDigit;
    }
    return digits && text.length() <= CHARACTERS_MAX && parses(text);
  }

  private static boolean parses(String text) {
    try {
      return isShortInteger(text) || !Double.isNaN(Double.parseDouble(text));
    } catch (NumberFormatException none) {
      return false;
    }
  }

  /** One that a long holds for sure. */
  private static boolean isShortInteger(String text) {
    int from = text.charAt(0) == '-' ? 1 : 0;
    if (text.length() - from < 1 || text.length() - from > 18) {
      return false;
    }
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
