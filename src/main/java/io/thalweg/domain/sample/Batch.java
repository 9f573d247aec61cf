package io.thalweg.domain.sample;

import java.util.List;

/**
 * What a producer sends at once: samples for any number of keys of one stream.
 *
 * @param stream the stream's name
 * @param producer who sends; empty: no deduplication
 * @param sequence the batch's number, &gt; 0 and ascending per producer; 0 where there is no
 *     producer
 * @param series at most one for each key
 */
public record Batch(String stream, String producer, long sequence, List<Series> series) {
  public Batch {
    series = List.copyOf(series);
  }

  /** The number of samples in all series. */
  public int size() {
    int size = 0;
    for (Series s : series) {
      size += s.size();
    }
    return size;
  }
}
