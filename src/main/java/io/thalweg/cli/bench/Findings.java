package io.thalweg.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a check found. Findings of parts of the keys add up, in any order.
 *
 * @param keys that were checked
 * @param windows closed windows that were checked, in the journal
 * @param samples that the keys count
 * @param events that they came in
 * @param lost samples that were acknowledged and are not counted
 * @param doubled samples that are counted more than once, or were never sent
 * @param wrong results that are not what they must be, though the number of samples is right
 * @param complaints the first few, in words
 */
record Findings(
    long keys,
    long windows,
    long samples,
    long events,
    long lost,
    long doubled,
    long wrong,
    List<String> complaints) {
  static final int COMPLAINTS_MAX = 10;
  static final Findings NONE = new Findings(0, 0, 0, 0, 0, 0, 0, List.of());

  Findings {
    complaints = complaints.stream().limit(COMPLAINTS_MAX).toList();
  }

  Findings plus(Findings other) {
    return new Findings(
        keys + other.keys,
        windows + other.windows,
        samples + other.samples,
        events + other.events,
        lost + other.lost,
        doubled + other.doubled,
        wrong + other.wrong,
        Stream.concat(complaints.stream(), other.complaints.stream()).toList());
  }

  boolean isClean() {
    return lost == 0 && doubled == 0 && wrong == 0;
  }

  double samplesPerEvent() {
    return events == 0 ? 0 : (double) samples / events;
  }

  /** Gathers what is found of one key. */
  static final class OfKey {
    private final String key;
    private final List<String> complaints = new ArrayList<>();
    private long windows;
    private long samples;
    private long events;
    private long lost;
    private long doubled;
    private long wrong;

    OfKey(String key) {
      this.key = key;
    }

    void counted(long expected, long actual, long version) {
      samples = actual;
      events = version;
      lost = Math.max(0, expected - actual);
      doubled = Math.max(0, actual - expected);
      if (expected != actual) {
        complain("counts %,d samples where %,d were acknowledged".formatted(actual, expected));
      }
    }

    void checkedWindow() {
      windows++;
    }

    void wrong(String what) {
      wrong++;
      complain(what);
    }

    boolean isClean() {
      return complaints.isEmpty();
    }

    Findings done() {
      return new Findings(1, windows, samples, events, lost, doubled, wrong, complaints);
    }

    private void complain(String what) {
      if (complaints.size() < COMPLAINTS_MAX) {
        complaints.add(key + ": " + what);
      }
    }
  }
}
