package io.thalweg.faults.check;

import io.thalweg.faults.check.History.Fate;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.Summary;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares, when all is quiet, what was sent, what is stored and what is told.
 *
 * <p>Per key and producer the stored batches must be those that were acknowledged and perhaps some
 * of those whose fate is unknown, each once, in the producer's order and with the samples that were
 * sent. What a node tells of a key must be what its events come to, folded here anew; count and sum
 * must follow from what was sent, without the journal.
 */
public final class Checker {
  private static final double RELATIVE_ERROR_MAX = 1e-9;

  private final String stream;
  private final Samples samples;
  private final Map<String, Map<Long, Fate>> fates;
  private final Findings findings;
  private Map<String, KeyLog> logs = Map.of();

  /** What was looked at. */
  public record Seen(long events, long acknowledgedBatches, long unknownBatches, long samples) {}

  public Checker(String stream, Samples samples, History history, Findings findings)
      throws IOException {
    this.stream = stream;
    this.samples = samples;
    this.fates = history.read();
    this.findings = findings;
  }

  /**
   * Checks the journal, then each key's state.
   *
   * @param states what a node tells of a key; null: that it has never heard of it
   */
  public Seen check(Connection connection, Function<String, @Nullable KeyState> states)
      throws SQLException {
    return check(Journal.read(connection, stream, samples, findings), states);
  }

  /** The same with the journal as it was read. */
  Seen check(Map<String, KeyLog> journal, Function<String, @Nullable KeyState> states) {
    logs = journal;
    long events = 0;
    long counted = 0;
    for (int k = 0; k < samples.count(); k++) {
      KeyLog log = log(samples.key(k));
      events += log.version;
      counted += log.values.size();
      long expected = checkBatches(k, log);
      try {
        checkState(k, log, states.apply(samples.key(k)), expected);
      } catch (RuntimeException e) {
        findings.add(Check.STATE, log.id + " is not told: " + e.getMessage());
      }
    }
    return new Seen(events, count(Fate.OK), count(Fate.UNKNOWN) + count(Fate.INVOKED), counted);
  }

  /** What was followed of a key, in the order in which it was told; after {@link #check}. */
  public void checkWatch(String key, List<KeyState> told) {
    KeyLog log = log(key);
    long before = 0;
    for (KeyState state : told) {
      long version = state.getVersion();
      if (version <= before) {
        findings.add(Check.WATCH, key + ": version " + version + " was told after " + before);
      }
      before = Math.max(before, version);
      if (log.countAt(version) != state.getTotal().getCount()) {
        findings.add(
            Check.WATCH,
            "%s: version %d was told with %d samples, the journal has %d"
                .formatted(key, version, state.getTotal().getCount(), log.countAt(version)));
      }
    }
    if (before != log.version) {
      findings.add(
          Check.WATCH, key + ": the last version told is " + before + " of " + log.version);
    }
  }

  /** The version of a key in the journal. */
  public long version(String key) {
    return log(key).version;
  }

  private KeyLog log(String key) {
    String id = stream + "/" + key;
    KeyLog log = logs.get(id);
    return log == null ? new KeyLog(id) : log;
  }

  /** Returns how many samples the key must have, by what was sent. */
  private long checkBatches(int key, KeyLog log) {
    Map<String, Set<Long>> stored = new HashMap<>();
    log.batches.forEach((producer, sequences) -> checkStored(log.id, producer, sequences, stored));
    long batches = 0;
    for (Map.Entry<String, Map<Long, Fate>> producer : fates.entrySet()) {
      Set<Long> here = stored.getOrDefault(producer.getKey(), Set.of());
      for (Map.Entry<Long, Fate> batch : producer.getValue().entrySet()) {
        if (!Samples.holds(batch.getKey(), key)) {
          continue;
        }
        boolean isStored = here.contains(batch.getKey());
        String name = "%s: batch %d of %s".formatted(log.id, batch.getKey(), producer.getKey());
        switch (batch.getValue()) {
          case OK -> {
            batches++;
            if (!isStored) {
              findings.add(Check.LOST, name + " was acknowledged and is not stored");
            }
          }
          case FAILED -> {
            if (isStored) {
              findings.add(Check.INVENTED, name + " was refused and is stored");
            }
          }
          case INVOKED, UNKNOWN -> batches += isStored ? 1 : 0;
        }
      }
    }
    return batches * Samples.PER_SERIES;
  }

  private void checkStored(
      String id, String producer, List<Long> sequences, Map<String, Set<Long>> stored) {
    Map<Long, Fate> sent = fates.getOrDefault(producer, Map.of());
    Set<Long> once = new HashSet<>();
    long before = 0;
    for (long sequence : sequences) {
      String name = "%s: batch %d of %s".formatted(id, sequence, producer);
      if (!once.add(sequence)) {
        findings.add(Check.DOUBLED, name + " is stored twice");
      } else if (sequence < before) {
        findings.add(Check.ORDER, name + " is stored after " + before);
      }
      before = Math.max(before, sequence);
      if (!sent.containsKey(sequence)) {
        findings.add(Check.INVENTED, name + " was never sent");
      }
    }
    stored.put(producer, once);
  }

  private void checkState(int key, KeyLog log, @Nullable KeyState told, long expected) {
    if (told == null) {
      if (log.version > 0 || expected > 0) {
        findings.add(Check.STATE, log.id + " is not known to the node");
      }
      return;
    }
    compare(log.id + " version", told.getVersion(), log.version);
    compare(log.id + " total", told.getTotal(), log.total());
    if (told.getWindowsCount() > 0) {
      compare(log.id + " window", told.getWindows(0).getSummary(), log.window());
    }
    if (told.getTotal().getCount() != expected) {
      findings.add(
          Check.CLOSED_FORM,
          "%s counts %d samples, %d were sent"
              .formatted(log.id, told.getTotal().getCount(), expected));
    } else if (told.getTotal().getSum() != expectedSum(key, log)) {
      findings.add(
          Check.CLOSED_FORM, log.id + " has another sum than was sent: " + told.getTotal());
    }
  }

  private double expectedSum(int key, KeyLog log) {
    double sum = 0;
    for (Map.Entry<String, Map<Long, Fate>> producer : fates.entrySet()) {
      Set<Long> stored = new HashSet<>(log.batches.getOrDefault(producer.getKey(), List.of()));
      for (Map.Entry<Long, Fate> batch : producer.getValue().entrySet()) {
        boolean counts = batch.getValue() == Fate.OK || stored.contains(batch.getKey());
        if (counts && Samples.holds(batch.getKey(), key)) {
          for (double value : Samples.values(producer.getKey(), batch.getKey(), key)) {
            sum += value;
          }
        }
      }
    }
    return sum;
  }

  private void compare(String what, Summary told, KeyLog.Fold folded) {
    compare(what + " count", told.getCount(), folded.count());
    if (folded.count() > 0) {
      compare(what + " sum", told.getSum(), folded.sum());
      compare(what + " mean", told.getMean(), folded.mean());
      compare(what + " variance", told.getVariance(), folded.variance());
      compare(what + " min", told.getMin(), folded.min());
      compare(what + " max", told.getMax(), folded.max());
    }
  }

  private void compare(String what, double told, double folded) {
    double error = Math.abs(told - folded);
    if (!(error <= RELATIVE_ERROR_MAX * Math.max(1, Math.abs(folded)))) {
      findings.add(Check.STATE, "%s is told as %s, not %s".formatted(what, told, folded));
    }
  }

  private long count(Fate fate) {
    return fates.values().stream()
        .flatMap(batches -> batches.values().stream())
        .filter(fate::equals)
        .count();
  }
}
