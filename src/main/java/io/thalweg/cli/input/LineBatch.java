package io.thalweg.cli.input;

import io.thalweg.client.BatchBuilder;
import io.thalweg.v1.Rejection;
import io.thalweg.v1.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch that knows from which line each sample came.
 *
 * @param series what is sent
 * @param lines of each series, of each sample
 */
record LineBatch(List<Series> series, List<List<Long>> lines) {

  /** The first line that a rejection is about. */
  long line(Rejection rejection) {
    List<Long> ofSeries = lines.get(rejection.getSeriesIndex());
    return ofSeries.get(rejection.hasSampleIndex() ? rejection.getSampleIndex() : 0);
  }

  /** How many samples a rejection is about. */
  int samples(Rejection rejection) {
    return rejection.hasSampleIndex() ? 1 : lines.get(rejection.getSeriesIndex()).size();
  }

  String key(Rejection rejection) {
    return series.get(rejection.getSeriesIndex()).getKey();
  }

  /** Fills batches, line by line. */
  static final class Filler {
    private static final int BYTES_MAX = 2 * 1024 * 1024;

    private final BatchBuilder batch;
    private final Map<String, List<Long>> lines = new LinkedHashMap<>();

    Filler(int samplesMax) {
      this.batch = new BatchBuilder(samplesMax, BYTES_MAX);
    }

    /** False: the batch is full and was not changed. */
    boolean add(Line.Sample line) {
      boolean added = batch.add(line.key(), line.timeUnixNano(), line.value());
      if (added) {
        lines.computeIfAbsent(line.key(), k -> new ArrayList<>()).add(line.number());
      }
      return added;
    }

    boolean isEmpty() {
      return batch.size() == 0;
    }

    LineBatch take() {
      LineBatch taken = new LineBatch(batch.take(), List.copyOf(lines.values()));
      lines.clear();
      return taken;
    }
  }
}
