package io.thalweg.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of the store's rows: the persistence id, and after it a sequence number.
 *
 * <p>An id is written as UTF-8 in which each 0x00 is followed by 0xFF, and ends with 0x00. A number
 * is eight bytes, big-endian and never negative, so that no number's first byte reads as an escape.
 * Rows thus sort by the ids' UTF-8 bytes and then by number, and no id is a prefix of another.
 */
public final class RowKeys {
  private static final byte TERMINATOR = 0;
  private static final byte ESCAPED = (byte) 0xFF;

  private static final char ASCII_MAX = 0x7F;

  private static final byte BEYOND_NUMBERS = (byte) 0x80;

  private RowKeys() {}

  /** Of an id: what all keys of its rows begin with. */
  public static byte[] id(String persistenceId) {
    // the last byte is the terminator, 0
    byte[] id = new byte[persistenceId.length() + 1];
    for (int i = 0; i < persistenceId.length(); i++) {
      char c = persistenceId.charAt(i);
      if (c == TERMINATOR || c > ASCII_MAX) {
        byte[] escaped = prefix(persistenceId);
        return Arrays.copyOf(escaped, escaped.length + 1);
      }
      id[i] = (byte) c;
    }
    return id;
  }

  /** What the ids that start with a text begin with. */
  public static byte[] prefix(String text) {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException("not text that UTF-8 can hold: " + text);
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return text.indexOf(0) < 0 ? utf8 : escape(utf8);
  }

  /** Of one row of an id. */
  public static byte[] row(byte[] id, long sequence) {
    byte[] key = Arrays.copyOf(id, id.length + Long.BYTES);
    ByteBuffer.wrap(key).putLong(id.length, sequence);
    return key;
  }

  /** The least key above all rows of an id, and below those of any other. */
  public static byte[] end(byte[] id) {
    byte[] end = Arrays.copyOf(id, id.length + 1);
    end[id.length] = BEYOND_NUMBERS;
    return end;
  }

  /** The number in a row's key. */
  public static long sequence(byte[] rowKey) {
    return ByteBuffer.wrap(rowKey).getLong(rowKey.length - Long.BYTES);
  }

  /** The id that {@link #id} was made of. */
  public static String persistenceId(byte[] id) {
    byte[] utf8 = new byte[id.length];
    int length = 0;
    for (int i = 0; i < id.length - 1; i++) {
      utf8[length++] = id[i];
      if (id[i] == TERMINATOR) {
        i++;
      }
    }
    return new String(utf8, 0, length, StandardCharsets.UTF_8);
  }

  /** The least key above all that begin with a prefix; UTF-8 has no 0xFF, so there is one. */
  public static byte[] after(byte[] prefix) {
    byte[] after = prefix.clone();
    int last = after.length - 1;
    while (after[last] == ESCAPED) {
      last--;
    }
    after[last]++;
    return Arrays.copyOf(after, last + 1);
  }

  private static byte[] escape(byte[] utf8) {
    ByteBuffer escaped = ByteBuffer.allocate(2 * utf8.length);
    for (byte b : utf8) {
      escaped.put(b);
      if (b == TERMINATOR) {
        escaped.put(ESCAPED);
      }
    }
    return Arrays.copyOf(escaped.array(), escaped.position());
  }

  /** Whether all surrogates are paired; others would all be written as the same '?'. */
  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
