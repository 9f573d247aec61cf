package io.thalweg.cli;

import io.thalweg.v1.KeyState;
import io.thalweg.v1.Update;
import java.util.List;

/**
 * What the demonstration found.
 *
 * @param keys in the order of their names
 * @param strongest anomalies, the highest score first
 * @param seconds from the first sample sent to the last acknowledged
 */
record DemoResult(List<Key> keys, List<Update> strongest, double seconds) {

  /**
   * One key.
   *
   * @param state as the server tells it
   * @param rows of its file
   * @param sparkline of its values
   */
  record Key(KeyState state, long rows, String sparkline) {
    boolean isComplete() {
      return state.getTotal().getCount() == rows;
    }
  }

  long samples() {
    return keys.stream().mapToLong(Key::rows).sum();
  }

  /** Keys that do not count exactly what their file has. */
  List<Key> incomplete() {
    return keys.stream().filter(key -> !key.isComplete()).toList();
  }
}
