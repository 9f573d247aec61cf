package io.thalweg.faults;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How long it took each time until all was well again. */
final class Healing {
  private final String what;
  private final List<Duration> times = new ArrayList<>();

  Healing(String what) {
    this.what = what;
  }

  void add(Duration time) {
    times.add(time);
  }

  Duration worst() {
    return times.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  private Duration median() {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  @Override
  public String toString() {
    return "%s: median %s, worst %s (of %d: %s)"
        .formatted(
            what,
            seconds(median()),
            seconds(worst()),
            times.size(),
            times.stream().map(Healing::seconds).collect(joining(", ")));
  }

  static String seconds(Duration time) {
    return "%.2f s".formatted(time.toMillis() / 1e3);
  }
}
