package io.thalweg.client;

import java.util.Arrays;

/**
 * Numbers keys from 0 in the order in which they come. A table that serves one batch after the
 * other, without an object for each key. Not thread-safe.
 */
final class KeyNumbers {
  static final int NONE = -1;

  private static final int GOLDEN_RATIO = 0x9E3779B9;

  private String[] keys = new String[16];
  private int count;

  /** Where its hash puts it, a key's number plus 1; twice as long as there is room for keys. */
  private int[] table = new int[2 * keys.length];

  /** The number of a key, {@link #NONE} if it has not come. */
  int find(String key) {
    return table[slot(key)] - 1;
  }

  /** Gives a key that has not come the next number. */
  int add(String key) {
    if (count == keys.length) {
      grow();
    }
    keys[count] = key;
    count++;
    table[slot(key)] = count;
    return count - 1;
  }

  String key(int number) {
    return keys[number];
  }

  int size() {
    return count;
  }

  void clear() {
    Arrays.fill(keys, 0, count, null);
    Arrays.fill(table, 0);
    count = 0;
  }

  /** The key's slot, or the free one where it belongs. */
  private int slot(String key) {
    int mask = table.length - 1;
    int slot = (key.hashCode() * GOLDEN_RATIO) >>> Integer.numberOfLeadingZeros(mask);
    while (table[slot] != 0 && !keys[table[slot] - 1].equals(key)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, 2 * count);
    table = new int[2 * keys.length];
    for (int number = 0; number < count; number++) {
      table[slot(keys[number])] = number + 1;
    }
  }
}
