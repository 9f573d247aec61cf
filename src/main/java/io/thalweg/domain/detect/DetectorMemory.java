package io.thalweg.domain.detect;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a detector remembers of a key: some numbers. A value.
 *
 * <p><b>Sharing.</b> A key's memory is some 8 KiB of which an event changes a few dozen numbers, so
 * it is not copied with each event. All versions share one array, that of the newest. A version
 * that was written on holds on to its successor and to what that overwrote; whoever asks for it
 * later (a test, a replay) gets a copy of the newest array with all of that undone. So every
 * version stays what it was, and only going back costs a copy. (Baker, "Shallow binding makes
 * functional arrays fast", 1991.) The newest knows nothing of those before it: they go when nobody
 * holds them.
 *
 * <p>Where an event overwrites so much that undoing it takes as much room as a copy, {@link
 * MemoryFold} makes the copy instead.
 *
 * <p>One thread at a time reads or writes the versions of a key.
 */
public final class DetectorMemory {
  /** Of a key without samples, and of detectors that remember nothing. */
  public static final DetectorMemory EMPTY = new DetectorMemory(new double[0], 0);

  private double[] cells;

  /** So many cells are of this version; the array may have room for more. */
  private int used;

  /** Whether the array is another version's now; then what leads back from there. */
  private @Nullable Undo undo;

  DetectorMemory(double[] cells, int used) {
    this.cells = cells;
    this.used = used;
  }

  /** Of a snapshot's numbers; they are handed over. */
  public static DetectorMemory restore(double[] cells) {
    return cells.length == 0 ? EMPTY : new DetectorMemory(cells, cells.length);
  }

  /** All numbers, in an array of the caller's own. */
  public double[] numbers() {
    return Arrays.copyOf(array(), used);
  }

  boolean isEmpty() {
    return used == 0;
  }

  int size() {
    return used;
  }

  /** The array, for a writer who undoes nothing: it has a copy where there is a newer version. */
  double[] array() {
    if (undo == null) {
      return cells;
    }
    Deque<Undo> back = new ArrayDeque<>();
    DetectorMemory newest = this;
    for (Undo step = undo; step != null; step = newest.undo) {
      back.push(step);
      newest = step.newer;
    }
    double[] copy = newest.cells.clone();
    back.forEach(step -> step.applyTo(copy));
    return copy;
  }

  /** Whether the array is still this version's. */
  boolean isNewest() {
    return undo == null;
  }

  /** Gives the array to a newer version. */
  Undo giveTo(DetectorMemory newer) {
    Undo step = new Undo(newer);
    undo = step;
    return step;
  }

  /** The array is this version's again. */
  void takeBack(double[] array) {
    cells = array;
    undo = null;
  }

  /** Says where this version, which is being written, has its numbers. */
  void moveTo(double[] array, int size) {
    cells = array;
    used = size;
  }

  /** What one version overwrote of the one before it. */
  static final class Undo {
    private static final int ENTRIES_FIRST = 64;
    private static final int ENTRIES_MAX = 384;

    private final DetectorMemory newer;
    private int[] places = new int[ENTRIES_FIRST];
    private double[] values = new double[ENTRIES_FIRST];
    private int entries;

    private Undo(DetectorMemory newer) {
      this.newer = newer;
    }

    /** Says what stood in a place; false where it would become too much. */
    boolean note(int place, double value) {
      if (entries == ENTRIES_MAX) {
        return false;
      }
      if (entries == places.length) {
        int more = Math.min(ENTRIES_MAX, 2 * entries);
        places = Arrays.copyOf(places, more);
        values = Arrays.copyOf(values, more);
      }
      places[entries] = place;
      values[entries] = value;
      entries++;
      return true;
    }

    /** The newest first, so that of several values of one place the oldest stays. */
    void applyTo(double[] array) {
      for (int i = entries - 1; i >= 0; i--) {
        array[places[i]] = values[i];
      }
    }
  }
}
