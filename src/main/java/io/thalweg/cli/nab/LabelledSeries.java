package io.thalweg.cli.nab;

import io.thalweg.domain.sample.Series;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A series and what people marked in it.
 *
 * @param folder the folder of its file within {@code data}
 * @param name of its file, without extension
 * @param samples its rows
 * @param windows by ascending rows, none touching another
 */
public record LabelledSeries(
    String folder, String name, Series samples, List<LabelledWindow> windows) {
  private static final double PROBATION_SHARE = 0.15;
  private static final int PROBATION_ROWS_MAX = 750;

  public LabelledSeries {
    windows = windows.stream().sorted(Comparator.comparingInt(LabelledWindow::first)).toList();
    int free = 0;
    for (LabelledWindow window : windows) {
      if (window.first() < free || window.last() >= samples.size()) {
        throw new IllegalArgumentException(
            "windows lie within the rows and none within another: " + windows);
      }
      free = window.last() + 1;
    }
  }

  /** Folder and name. */
  public String path() {
    return folder + "/" + name;
  }

  public int rows() {
    return samples.size();
  }

  /** So many rows from the first one on are for learning: what is raised there does not count. */
  public int probation() {
    return Math.min((int) (PROBATION_SHARE * rows()), PROBATION_ROWS_MAX);
  }

  /** The windows that an alert can hit: those that end after the probation. */
  public List<LabelledWindow> scored() {
    return windows.stream().filter(window -> window.last() >= probation()).toList();
  }

  /** The window that a row lies in. */
  public Optional<LabelledWindow> windowAt(int row) {
    return windows.stream().filter(window -> window.contains(row)).findFirst();
  }
}
