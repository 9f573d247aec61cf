package io.thalweg.cli.bench;

import com.google.protobuf.ByteString;
import io.thalweg.v1.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes batches of samples, each key's in their order. It shares the machine with what it measures,
 * so that a series costs a draw, a lookup and its message. Not thread-safe.
 */
final class BatchMaker {
  private final Workload workload;
  private final KeyChoice choice;
  private final KeyNames names;
  private final long[] made;
  private final int seriesPerBatch;
  private final int samplesPerSeries;

  /**
   * @param made for each key the number of samples made so far; a key is only made by one of those
   *     that share it
   */
  BatchMaker(
      Workload workload,
      KeyChoice choice,
      KeyNames names,
      long[] made,
      int seriesPerBatch,
      int samplesPerSeries) {
    this.workload = workload;
    this.choice = choice;
    this.names = names;
    this.made = made;
    this.seriesPerBatch = seriesPerBatch;
    this.samplesPerSeries = samplesPerSeries;
  }

  List<Series> next() {
    List<Series> batch = new ArrayList<>(seriesPerBatch);
    for (int i = 0; i < seriesPerBatch; i++) {
      batch.add(series(choice.next()));
    }
    return batch;
  }

  int batchSamples() {
    return seriesPerBatch * samplesPerSeries;
  }

  private Series series(int key) {
    ByteString name = names.bytes(key);
    Series.Builder series = Series.newBuilder().setKeyBytes(name);
    long first = made[key];
    for (long index = first; index < first + samplesPerSeries; index++) {
      series.addTimeUnixNano(workload.timeNanos(key, index));
      series.addValues(workload.value(key, index));
    }
    made[key] = first + samplesPerSeries;
    return series.build();
  }
}
