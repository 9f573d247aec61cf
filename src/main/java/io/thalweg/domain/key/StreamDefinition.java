package io.thalweg.domain.key;

import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowSetup;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How every key of a stream is treated.
 *
 * @param name letters, digits, {@code .}, {@code _} and {@code -}; 1 to 128 of them
 * @param windows which samples of a key are looked at together; 1 to {@value #WINDOWS_MAX}, each
 *     with its own name
 * @param detector how anomalies are found, and against which of the windows; empty: not at all
 * @param time how late a sample may be, when a key counts as idle, and in which zone its days are
 * @param producersMax how many producers a key remembers; from 1 to 65,536
 * @param statistics what is kept of each window beside the basic statistics
 */
public record StreamDefinition(
    String name,
    List<NamedWindow> windows,
    Optional<WindowDetector> detector,
    TimeRules time,
    int producersMax,
    Statistics statistics) {
  public static final int WINDOWS_MAX = 32;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  public StreamDefinition {
    windows = List.copyOf(windows);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a stream's name is 1 to 128 letters, digits, '.', '_' and '-': '" + name + "'");
    }
    if (windows.isEmpty() || windows.size() > WINDOWS_MAX) {
      throw new IllegalArgumentException(
          "a stream has 1 to " + WINDOWS_MAX + " windows: " + windows.size());
    }
    List<String> names = windows.stream().map(NamedWindow::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("a stream's windows have different names: " + names);
    }
    if (detector
        .filter(d -> d.definition().judgesWindow() && !names.contains(d.window()))
        .isPresent()) {
      throw new IllegalArgumentException(
          "the detector judges against '"
              + detector.get().window()
              + "', but the stream's windows are "
              + names);
    }
    if (producersMax < 1 || producersMax > 65_536) {
      throw new IllegalArgumentException("a key remembers 1 to 65536 producers: " + producersMax);
    }
  }

  /** What the state of each window depends on. */
  List<WindowSetup> setups() {
    return windows.stream()
        .map(
            w -> new WindowSetup(w.name(), w.definition(), statistics, time.allowedLatenessNanos()))
        .toList();
  }
}
