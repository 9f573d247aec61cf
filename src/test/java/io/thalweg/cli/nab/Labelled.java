package io.thalweg.cli.nab;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.sample.Series;
import io.thalweg.domain.stats.Summary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Series and detections by hand. */
final class Labelled {
  private static final Summary NO_EVIDENCE = new Summary(0, 0, 0, 0, 0, 0, 0);

  private Labelled() {}

  /** So many rows, a minute apart, all of value 1. */
  static LabelledSeries series(int rows, LabelledWindow... windows) {
    long[] times = LongStream.range(0, rows).map(row -> row * 60_000_000_000L).toArray();
    double[] values = LongStream.range(0, rows).mapToDouble(row -> 1).toArray();
    return new LabelledSeries("group", "one", new Series("one", times, values), List.of(windows));
  }

  /** With alerts in some rows, of such anomaly scores: above 0, below 1. */
  static Detection detection(LabelledSeries series, Map<Integer, Double> scores) {
    return new Detection(
        series,
        new TreeMap<>(scores)
            .entrySet().stream().map(alert -> alert(alert.getKey(), alert.getValue())).toList());
  }

  private static Alert alert(int row, double score) {
    double distance = score / (1 - score);
    return new Alert(
        row, new Anomaly(new Sample(row, 1), distance, 0, "by hand", "high", NO_EVIDENCE));
  }
}
