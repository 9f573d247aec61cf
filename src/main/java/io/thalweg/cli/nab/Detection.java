package io.thalweg.cli.nab;

import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.sample.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a key of a stream makes of a series: it decides on one batch after the other, as it does in
 * a node.
 *
 * @param alerts by ascending rows
 */
public record Detection(LabelledSeries series, List<Alert> alerts) {
  private static final int BATCH_SIZE = 500;

  public Detection {
    alerts = List.copyOf(alerts);
  }

  /** Feeds all rows to a new key. */
  public static Detection of(StreamDefinition definition, LabelledSeries series) {
    List<Alert> alerts = new ArrayList<>();
    Series samples = series.samples();
    KeyState state = KeyState.empty(definition);
    for (int from = 0; from < samples.size(); ) {
      int to = batchEnd(samples, from);
      KeyBatch batch = batch(samples, from, to);
      Decision decision = state.decide(definition, List.of(batch), samples.timesNanos()[to - 1]);
      int first = from;
      decision.event().ifPresent(event -> collect(event.outcomes(), batch, first, alerts));
      state = decision.after();
      from = to;
    }
    return new Detection(series, alerts);
  }

  /** The anomaly score of each row: 0 where there is no alert. */
  public double[] scores() {
    double[] scores = new double[series.rows()];
    alerts.forEach(alert -> scores[alert.row()] = alert.score());
    return scores;
  }

  /** Times ascend within a batch, so that an anomaly's time tells its row. */
  private static int batchEnd(Series samples, int from) {
    long[] times = samples.timesNanos();
    int to = from + 1;
    while (to < times.length && to < from + BATCH_SIZE && times[to] > times[to - 1]) {
      to++;
    }
    return to;
  }

  private static KeyBatch batch(Series samples, int from, int to) {
    return new KeyBatch(
        "",
        0,
        Arrays.copyOfRange(samples.timesNanos(), from, to),
        Arrays.copyOfRange(samples.values(), from, to));
  }

  private static void collect(
      List<Outcome> outcomes, KeyBatch batch, int first, List<Alert> alerts) {
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.AnomalyRaised raised) {
        long time = raised.anomaly().sample().timeNanos();
        int row = first + Arrays.binarySearch(batch.timesNanos(), time);
        alerts.add(new Alert(row, raised.anomaly()));
      }
    }
  }
}
