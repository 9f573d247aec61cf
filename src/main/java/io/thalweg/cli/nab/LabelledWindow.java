package io.thalweg.cli.nab;

/**
 * Rows of a series that people marked as anomalous, counted from 0; both ends are in.
 *
 * @param first not negative
 * @param last not below the first
 */
public record LabelledWindow(int first, int last) {
  public LabelledWindow {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException(
          "a window's first row is not negative and not after its last: " + first + ", " + last);
    }
  }

  /** The number of rows. */
  public int length() {
    return last - first + 1;
  }

  public boolean contains(int row) {
    return first <= row && row <= last;
  }
}
