package io.thalweg.faults;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the nemesis is to do.
 *
 * @param seed of the first run; each further one has the next
 * @param firstNetwork that and the next ones are for runs at a time
 * @param continues whether the runs of the command before are kept with these
 * @param kinds which faults
 */
record NemesisOptions(
    long seed,
    int runs,
    int seconds,
    int parallel,
    int firstNetwork,
    boolean continues,
    List<Fault> kinds) {
  private static final int NETWORKS = 14;
  private static final int PARALLEL_MAX = 4;
  private static final int SECONDS = 120;
  private static final int SECONDS_SHORT = 25;
  private static final int SECONDS_MAX = 86_400;

  NemesisOptions {
    check("--runs", runs, 1, 10_000);
    check("--seconds", seconds, 1, SECONDS_MAX);
    check("--parallel", parallel, 1, PARALLEL_MAX);
    check("--network", firstNetwork, 0, NETWORKS - PARALLEL_MAX);
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("--faults names none of the kinds");
    }
  }

  private static void check(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s %d is not within %d and %d".formatted(option, value, min, max));
    }
  }

  static NemesisOptions parse(List<String> arguments) {
    long seed = System.currentTimeMillis();
    int runs = 1;
    int seconds = SECONDS;
    int parallel = 1;
    int network = 0;
    boolean continues = false;
    List<String> wanted = new ArrayList<>();
    for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
      String option = words.next();
      if (option.equals("--short")) {
        seconds = SECONDS_SHORT;
        continue;
      }
      if (option.equals("--continue")) {
        continues = true;
        continue;
      }
      String value = words.hasNext() ? words.next() : "";
      switch (option) {
        case "--seed" -> seed = number(option, value);
        case "--runs" -> runs = (int) number(option, value);
        case "--seconds" -> seconds = (int) number(option, value);
        case "--parallel" -> parallel = (int) number(option, value);
        case "--network" -> network = (int) number(option, value);
        case "--faults" -> wanted.add(value);
        default -> throw new IllegalArgumentException("no such option: " + option);
      }
    }
    List<Fault> kinds = wanted.isEmpty() ? FaultKinds.all() : named(wanted);
    return new NemesisOptions(seed, runs, seconds, parallel, network, continues, kinds);
  }

  private static List<Fault> named(List<String> wanted) {
    return FaultKinds.all().stream()
        .filter(fault -> wanted.stream().anyMatch(fault.kind()::contains))
        .toList();
  }

  private static long number(String option, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " needs a number, not '" + value + "'", e);
    }
  }
}
