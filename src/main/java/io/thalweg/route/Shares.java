package io.thalweg.route;

import io.thalweg.domain.key.KeyBatch;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One key's shares of batches, in the order in which they came, and whose they are. It grows while
 * it waits in a lane, and goes whole as a delivery.
 */
final class Shares {
  private static final int SLOTS_MIN = 4;

  private KeyBatch[] batches;
  private Ticket[] tickets;

  /** Which series of its batch each one is. */
  private int[] series;

  private int count;
  private long samples;

  Shares() {
    this(SLOTS_MIN);
  }

  private Shares(int slots) {
    batches = new KeyBatch[slots];
    tickets = new Ticket[slots];
    series = new int[slots];
  }

  int count() {
    return count;
  }

  /** In all of them. */
  long samples() {
    return samples;
  }

  Ticket ticket(int index) {
    return tickets[index];
  }

  int series(int index) {
    return series[index];
  }

  /** What it takes of the room in flight: one without samples takes some, too. */
  int weight(int index) {
    return Math.max(1, batches[index].size());
  }

  void add(Ticket ticket, int seriesIndex, KeyBatch batch) {
    if (count == batches.length) {
      int slots = 2 * count;
      batches = Arrays.copyOf(batches, slots);
      tickets = Arrays.copyOf(tickets, slots);
      series = Arrays.copyOf(series, slots);
    }
    batches[count] = batch;
    tickets[count] = ticket;
    series[count] = seriesIndex;
    count++;
    samples += batch.size();
  }

  /** The first so many, which this one has no longer. */
  Shares split(int first) {
    Shares head = new Shares(first);
    Shares tail = new Shares(Math.max(SLOTS_MIN, count - first));
    for (int i = 0; i < count; i++) {
      (i < first ? head : tail).add(tickets[i], series[i], batches[i]);
    }
    batches = tail.batches;
    tickets = tail.tickets;
    series = tail.series;
    count = tail.count;
    samples = tail.samples;
    return head;
  }

  /** How many from the first on have no more than so many samples together; at least one. */
  int within(long samplesMax) {
    long sum = batches[0].size();
    int fitting = 1;
    while (fitting < count && sum + batches[fitting].size() <= samplesMax) {
      sum += batches[fitting++].size();
    }
    return fitting;
  }

  /** Nothing may be added any more. */
  List<KeyBatch> batches() {
    List<KeyBatch> all = Arrays.asList(batches);
    return Collections.unmodifiableList(count == batches.length ? all : all.subList(0, count));
  }
}
