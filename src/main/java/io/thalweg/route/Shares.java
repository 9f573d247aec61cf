package io.thalweg.route;

import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.sample.Batch;
import io.thalweg.domain.sample.Series;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Series of batches for one key, in the order in which they came, and whose they are.
 *
 * <p>They wait for long compared with how much is allocated meanwhile. So samples are copied to one
 * array, side by side: whoever takes them finds them together instead of fetching each from
 * somewhere else in memory.
 */
final class Shares {
  private static final int SHARES_MIN = 4;
  private static final int LONGS_PER_SAMPLE = 2;

  private Ticket[] tickets;

  /** For each: which of its batch's series it is, and how many samples it has. */
  private int[] heads;

  /** Of each sample its time and its value's bits. */
  private long[] samples;

  private int count;
  private int sampleCount;

  /** With room for so many, and more on demand. */
  Shares(int shares, int samples) {
    int slots = Math.max(SHARES_MIN, shares);
    this.tickets = new Ticket[slots];
    this.heads = new int[2 * slots];
    this.samples = new long[LONGS_PER_SAMPLE * Math.max(slots, samples)];
  }

  int count() {
    return count;
  }

  /** In all of them. */
  int sampleCount() {
    return sampleCount;
  }

  Ticket ticket(int index) {
    return tickets[index];
  }

  int series(int index) {
    return heads[2 * index];
  }

  /** What it takes of the room in flight. */
  int weight(int index) {
    return weightOf(size(index));
  }

  /** A series without samples takes some room, too. */
  static int weightOf(int samples) {
    return Math.max(1, samples);
  }

  /**
   * Adds a series.
   *
   * @param index which of the ticket's batch it is
   */
  void add(Ticket ticket, int index, Series series) {
    int size = series.size();
    reserve(size);
    tickets[count] = ticket;
    heads[2 * count] = index;
    heads[2 * count + 1] = size;
    int at = LONGS_PER_SAMPLE * sampleCount;
    for (int i = 0; i < size; i++) {
      samples[at++] = series.timesNanos()[i];
      samples[at++] = Double.doubleToRawLongBits(series.values()[i]);
    }
    count++;
    sampleCount += size;
  }

  /** How many from the first on have no more than so many samples together; at least one. */
  int within(int samplesMax) {
    long sum = size(0);
    int fitting = 1;
    while (fitting < count && sum + size(fitting) <= samplesMax) {
      sum += size(fitting++);
    }
    return fitting;
  }

  /** Removes the first so many and returns them. */
  Shares split(int first) {
    int samplesOfFirst = 0;
    for (int i = 0; i < first; i++) {
      samplesOfFirst += size(i);
    }
    Shares head = part(0, first, 0, samplesOfFirst);
    Shares tail = part(first, count, samplesOfFirst, sampleCount);
    tickets = tail.tickets;
    heads = tail.heads;
    samples = tail.samples;
    count = tail.count;
    sampleCount = tail.sampleCount;
    return head;
  }

  /** What the key is told: one for each. Nothing may be added any more. */
  List<KeyBatch> batches() {
    return new Batches(this);
  }

  private int size(int index) {
    return heads[2 * index + 1];
  }

  private void reserve(int size) {
    if (count == tickets.length) {
      tickets = Arrays.copyOf(tickets, 2 * count);
      heads = Arrays.copyOf(heads, 4 * count);
    }
    int needed = LONGS_PER_SAMPLE * (sampleCount + size);
    if (needed > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(needed, 2 * samples.length));
    }
  }

  private Shares part(int from, int to, int fromSample, int toSample) {
    Shares part = new Shares(to - from, toSample - fromSample);
    part.count = to - from;
    part.sampleCount = toSample - fromSample;
    System.arraycopy(tickets, from, part.tickets, 0, part.count);
    System.arraycopy(heads, 2 * from, part.heads, 0, 2 * part.count);
    System.arraycopy(
        samples,
        LONGS_PER_SAMPLE * fromSample,
        part.samples,
        0,
        LONGS_PER_SAMPLE * part.sampleCount);
    return part;
  }

  /**
   * Made when they are first looked at: by the key's thread, which has them in its cache then, and
   * has the time that the lanes' thread has not. Of one thread at a time: a list goes with one
   * message.
   */
  private static final class Batches extends AbstractList<KeyBatch> implements RandomAccess {
    private final Shares shares;
    private KeyBatch @Nullable [] made;

    Batches(Shares shares) {
      this.shares = shares;
    }

    @Override
    public KeyBatch get(int index) {
      KeyBatch[] batches = made;
      if (batches == null) {
        batches = make();
        made = batches;
      }
      return batches[index];
    }

    @Override
    public int size() {
      return shares.count;
    }

    private KeyBatch[] make() {
      KeyBatch[] batches = new KeyBatch[shares.count];
      int at = 0;
      for (int i = 0; i < batches.length; i++) {
        long[] times = new long[shares.size(i)];
        double[] values = new double[times.length];
        for (int j = 0; j < times.length; j++) {
          times[j] = shares.samples[at++];
          values[j] = Double.longBitsToDouble(shares.samples[at++]);
        }
        Batch batch = shares.tickets[i].batch();
        batches[i] =
            new KeyBatch(batch.producer(), batch.sequenceOf(shares.series(i)), times, values);
      }
      return batches;
    }
  }
}
