package io.thalweg.faults.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found wrong: of each check how often, and the first few in words. Thread-safe. */
public final class Findings {
  private static final int KEPT_MAX = 5;

  private final Map<Check, Integer> counts = new EnumMap<>(Check.class);
  private final List<String> examples = new ArrayList<>();

  public synchronized void add(Check check, String what) {
    int before = counts.merge(check, 1, Integer::sum) - 1;
    if (before < KEPT_MAX) {
      examples.add(check + ": " + what);
    }
  }

  public synchronized Map<Check, Integer> counts() {
    return new EnumMap<>(counts);
  }

  public synchronized int count(Check check) {
    return counts.getOrDefault(check, 0);
  }

  public synchronized List<String> examples() {
    return List.copyOf(examples);
  }

  public synchronized boolean isEmpty() {
    return counts.isEmpty();
  }

  @Override
  public synchronized String toString() {
    return counts + " " + examples;
  }
}
