package io.thalweg.hostile;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * What an attacker has seen: how often each outcome. An outcome is the name of a gRPC status,
 * {@code RST_STREAM} or {@code GOAWAY} with the name of an error, {@code closed} (the connection),
 * {@code refused} (it never came about), {@code open} (nothing has happened), or what an attack
 * itself names. Thread-safe.
 */
final class Sight {
  private final Map<String, LongAdder> seen = new ConcurrentSkipListMap<>();

  void add(String outcome) {
    add(outcome, 1);
  }

  void add(String outcome, long times) {
    seen.computeIfAbsent(outcome, first -> new LongAdder()).add(times);
  }

  Set<String> outcomes() {
    return Set.copyOf(seen.keySet());
  }

  long count(String outcome) {
    LongAdder count = seen.get(outcome);
    return count == null ? 0 : count.sum();
  }

  /** How often the node ended a connection, or refused one. */
  long connectionsEnded() {
    return outcomes().stream()
        .filter(
            name -> name.startsWith("GOAWAY") || name.equals("closed") || name.equals("refused"))
        .mapToLong(this::count)
        .sum();
  }

  /** A line for each outcome, for {@link #read}. */
  List<String> lines() {
    return seen.entrySet().stream()
        .map(entry -> entry.getValue().sum() + "\t" + entry.getKey())
        .toList();
  }

  /**
   * The reverse.
   *
   * @throws IllegalArgumentException if there is any other line
   */
  static Sight read(List<String> lines) {
    Sight sight = new Sight();
    for (String line : lines) {
      String[] parts = line.split("\t", 2);
      if (parts.length < 2 || !parts[0].matches("\\d{1,18}")) {
        throw new IllegalArgumentException("no outcome: " + line);
      }
      sight.add(parts[1], Long.parseLong(parts[0]));
    }
    return sight;
  }

  @Override
  public String toString() {
    return seen.entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%s ×%,d", entry.getKey(), entry.getValue().sum()))
        .collect(Collectors.joining(", "));
  }
}
