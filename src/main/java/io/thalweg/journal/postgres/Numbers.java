package io.thalweg.journal.postgres;

import java.util.Arrays;

/** A growing array. */
final class Numbers {
  private long[] numbers = new long[16];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  long[] toLongs() {
    return Arrays.copyOf(numbers, size);
  }

  int[] toInts() {
    int[] ints = new int[size];
    for (int i = 0; i < size; i++) {
      ints[i] = Math.toIntExact(numbers[i]);
    }
    return ints;
  }
}
