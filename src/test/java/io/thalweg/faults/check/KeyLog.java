package io.thalweg.faults.check;

import io.thalweg.journal.v1.Batch;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One key on the way through its events: what they hold, and what that comes to. */
final class KeyLog {
  /** The stream's window: the newest so many samples. */
  private static final int WINDOW = 100;

  final String id;
  long version;
  private long epoch;
  final Map<String, List<Long>> batches = new HashMap<>();
  final List<Double> values = new ArrayList<>();

  /** After each event, how many samples there were. */
  private final Map<Long, Integer> counts = new HashMap<>();

  KeyLog(String id) {
    this.id = id;
  }

  void add(long number, long writtenUnder, byte[] bytes, Samples samples, Findings findings) {
    if (number != version + 1) {
      findings.add(Check.CONTIGUOUS, id + ": event " + number + " follows " + version);
    }
    if (writtenUnder < epoch) {
      findings.add(
          Check.OWNERSHIP,
          "%s: event %d is of epoch %d, one before it of %d"
              .formatted(id, number, writtenUnder, epoch));
    }
    version = number;
    epoch = Math.max(epoch, writtenUnder);
    try {
      for (Batch batch : JournalRow.read(id, number, bytes).recorded().getBatchesList()) {
        add(batch, samples, findings);
      }
    } catch (IllegalArgumentException | BufferUnderflowException | IndexOutOfBoundsException e) {
      findings.add(Check.READABLE, id + ": event " + number + ": " + e);
    }
    counts.put(number, values.size());
  }

  private void add(Batch batch, Samples samples, Findings findings) {
    batches.computeIfAbsent(batch.getProducer(), p -> new ArrayList<>()).add(batch.getSequence());
    double[] stored = JournalRow.values(batch);
    int key = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    if (!java.util.Arrays.equals(
        stored, Samples.values(batch.getProducer(), batch.getSequence(), key))) {
      findings.add(
          Check.INVENTED,
          "%s: batch %d of %s has other values than were sent"
              .formatted(id, batch.getSequence(), batch.getProducer()));
    }
    for (double value : stored) {
      values.add(value);
    }
  }

  /** How many samples there were at a version; -1: there was no such version. */
  int countAt(long number) {
    return counts.getOrDefault(number, -1);
  }

  Fold total() {
    return Fold.of(values);
  }

  Fold window() {
    return Fold.of(values.subList(Math.max(0, values.size() - WINDOW), values.size()));
  }

  /** Count, sum and the rest, the plain way: two passes over all values. */
  record Fold(long count, double sum, double mean, double variance, double min, double max) {
    static Fold of(List<Double> values) {
      double sum = 0;
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (double value : values) {
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      double mean = sum / values.size();
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return new Fold(values.size(), sum, mean, squares / values.size(), min, max);
    }
  }
}
