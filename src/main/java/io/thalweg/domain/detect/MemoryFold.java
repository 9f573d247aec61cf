package io.thalweg.domain.detect;

import io.thalweg.domain.detect.DetectorMemory.Undo;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the version of a {@link DetectorMemory} that follows another one; how they share an array
 * is explained there. The version before stays what it was at any time, also where this fold never
 * comes to its end.
 */
final class MemoryFold {
  private final DetectorMemory before;
  private final DetectorMemory next;
  private double[] cells;
  private int used;

  /** What is overwritten is noted here, where the array was that of the version before. */
  private @Nullable Undo undo;

  /**
   * @param size how many numbers an empty memory starts with; all are 0
   */
  MemoryFold(DetectorMemory before, int size) {
    this.before = before;
    if (before.isEmpty()) {
      cells = new double[size];
      used = size;
    } else {
      cells = before.array();
      used = before.size();
    }
    next = new DetectorMemory(cells, used);
    if (!before.isEmpty() && before.isNewest()) {
      undo = before.giveTo(next);
    }
  }

  double get(int place) {
    return cells[place];
  }

  void set(int place, double value) {
    Undo noted = undo;
    if (noted != null && !noted.note(place, cells[place])) {
      leaveTo(noted);
    }
    cells[place] = value;
  }

  /** How many numbers there are. */
  int size() {
    return used;
  }

  /** Makes room for so many more; they are 0. */
  void append(int numbers, int sizeMax) {
    if (used + numbers > cells.length) {
      // The array so far stays as it is: nobody else writes into it.
      cells = Arrays.copyOf(cells, Math.min(sizeMax, Math.max(2 * used, used + numbers)));
      next.moveTo(cells, used);
    }
    used += numbers;
    for (int i = used - numbers; i < used; i++) {
      set(i, 0);
    }
  }

  /** The numbers, to be read; anew after each write. */
  double[] array() {
    return cells;
  }

  /** The version with all that was written; nothing is written after that. */
  DetectorMemory freeze() {
    next.moveTo(cells, used);
    return next;
  }

  /** Too much was overwritten: the version before gets its array back, and this one a copy. */
  private void leaveTo(Undo noted) {
    double[] shared = cells;
    cells = shared.clone();
    next.moveTo(cells, used);
    noted.applyTo(shared);
    before.takeBack(shared);
    undo = null;
  }
}
