package io.thalweg.hostile;

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

  @Override
  public String toString() {
    return seen.entrySet().stream()
        .map(entry -> entry.getKey() + " ×%,d".formatted(entry.getValue().sum()))
        .collect(Collectors.joining(", "));
  }
}
