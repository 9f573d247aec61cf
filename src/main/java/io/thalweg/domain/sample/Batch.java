package io.thalweg.domain.sample;

import java.util.Arrays;
import java.util.List;

/**
 * What a producer sends at once: samples for any number of keys of one stream. Either all of it has
 * one number, and at most one series for each key; or each series has a number of its own, and
 * those of one key ascend.
 *
 * @param stream the stream's name
 * @param producer who sends; empty: no deduplication
 * @param sequence the batch's number, &gt; 0 and ascending per producer; 0 where there is no
 *     producer, and where each series has its own
 * @param series what is sent
 * @param sequences of each series, &gt; 0; empty where all have the batch's. Handed over
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, to spare a copy per batch.
public record Batch(
    String stream, String producer, long sequence, List<Series> series, long[] sequences) {
  private static final long[] NONE = {};

  public Batch {
    series = List.copyOf(series);
    if (sequences.length != 0 && sequences.length != series.size()) {
      throw new IllegalArgumentException(
          "each series has a number, or none has: " + sequences.length + " of " + series.size());
    }
  }

  /** All series have one number. */
  public Batch(String stream, String producer, long sequence, List<Series> series) {
    this(stream, producer, sequence, series, NONE);
  }

  /** The number of a series. */
  public long sequenceOf(int index) {
    return sequences.length == 0 ? sequence : sequences[index];
  }

  /** The number of samples in all series. */
  public int size() {
    int size = 0;
    for (Series s : series) {
      size += s.size();
    }
    return size;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Batch that
        && stream.equals(that.stream)
        && producer.equals(that.producer)
        && sequence == that.sequence
        && series.equals(that.series)
        && Arrays.equals(sequences, that.sequences);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * producer.hashCode() + Long.hashCode(sequence)) + series.hashCode();
  }
}
