package io.thalweg.cli.bench;

import io.thalweg.client.BatchBuilder;
import io.thalweg.v1.Series;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes batches of samples, each key's in their order. It shares the machine with what it measures,
 * so that it makes them as programs should, with the client's own builder. A key that is drawn
 * twice for a batch has one series there, with the samples of both. Not thread-safe.
 */
final class BatchMaker {
  private final Workload workload;
  private final KeyChoice choice;
  private final KeyNames names;
  private final long[] made;
  private final int seriesPerBatch;
  private final int samplesPerSeries;
  private final BatchBuilder batch;

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
    this.batch = new BatchBuilder(batchSamples(), BatchBuilder.BYTES_LIMIT);
  }

  List<Series> next() {
    for (int i = 0; i < seriesPerBatch; i++) {
      addSamples(choice.next());
    }
    return batch.take();
  }

  int batchSamples() {
    return seriesPerBatch * samplesPerSeries;
  }

  private void addSamples(int key) {
    String name = names.of(key);
    long first = made[key];
    for (long index = first; index < first + samplesPerSeries; index++) {
      OptionalLong time = OptionalLong.of(workload.timeNanos(key, index));
      if (!batch.add(name, time, workload.value(key, index))) {
        throw new IllegalStateException("a batch has no room for the samples of " + name);
      }
    }
    made[key] = first + samplesPerSeries;
  }
}
