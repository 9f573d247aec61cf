package io.thalweg.domain.detect;

/** The newest numbers of a sequence, as many as it has slots, in a detector's memory. */
final class Newest {
  private final MemoryFold memory;
  private final int start;
  private final int slots;
  private int last;
  private int count;

  /**
   * @param start of its slots in the memory
   * @param added how many numbers were added to it so far
   */
  Newest(MemoryFold memory, int start, int slots, long added) {
    this.memory = memory;
    this.start = start;
    this.slots = slots;
    last = (int) Math.floorMod(added - 1, (long) slots);
    count = (int) Math.min(added, slots);
  }

  void add(double value) {
    last = last + 1 == slots ? 0 : last + 1;
    count = Math.min(slots, count + 1);
    memory.set(start + last, value);
  }

  /** How many there are, at most as many as there are slots. */
  int count() {
    return count;
  }

  /** The one that was added so many before the last one. */
  double before(int back) {
    int slot = last - back;
    return memory.get(start + (slot < 0 ? slot + slots : slot));
  }

  /** The mean of so many newest, or of all where there are fewer; there is at least one. */
  double mean(int newest) {
    int size = Math.min(newest, count);
    return sum(size) / size;
  }

  /** The population's deviation of all that there are; at least one. */
  double deviation() {
    double mean = sum(count) / count;
    double[] cells = memory.array();
    double even = 0;
    double odd = 0;
    int i = start;
    for (; i + 1 < start + count; i += 2) {
      double d = cells[i] - mean;
      double e = cells[i + 1] - mean;
      even += d * d;
      odd += e * e;
    }
    if (i < start + count) {
      double d = cells[i] - mean;
      even += d * d;
    }
    return Math.sqrt((even + odd) / count);
  }

  private double sum(int size) {
    double[] cells = memory.array();
    int end = start + last;
    int first = Math.max(start, end - size + 1);
    double sum = 0;
    for (int i = first; i <= end; i++) {
      sum += cells[i];
    }
    int wrapped = size - (end - first + 1);
    for (int i = start + slots - wrapped; i < start + slots; i++) {
      sum += cells[i];
    }
    return sum;
  }
}
