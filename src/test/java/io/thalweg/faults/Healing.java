package io.thalweg.faults;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long it took each time until all was well again. Told beside its goal, not asserted: how fast
 * a machine is that others use too is no property of the program.
 */
final class Healing {
  private final String what;
  private final Duration goal;
  private final List<Duration> times = new ArrayList<>();

  Healing(String what, Duration goal) {
    this.what = what;
    this.goal = goal;
  }

  void add(Duration time) {
    times.add(time);
  }

  private Duration worst() {
    return times.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  private Duration median() {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  @Override
  public String toString() {
    return "%s: median %s, worst %s, goal %d s %s (of %d: %s)"
        .formatted(
            what,
            seconds(median()),
            seconds(worst()),
            goal.toSeconds(),
            worst().compareTo(goal) <= 0 ? "met" : "MISSED",
            times.size(),
            times.stream().map(Healing::seconds).collect(joining(", ")));
  }

  private static String seconds(Duration time) {
    return "%.2f s".formatted(time.toMillis() / 1e3);
  }
}
