package io.thalweg.domain.detect;

/** Takes the numbers that stand first in a detector's memory one by one, and puts them back. */
final class Cursor {
  private final MemoryFold memory;
  private int at;

  /** At the first number. */
  Cursor(MemoryFold memory) {
    this.memory = memory;
  }

  double next() {
    return memory.get(at++);
  }

  void put(double value) {
    memory.set(at++, value);
  }
}
