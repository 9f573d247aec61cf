package io.thalweg.client;

import com.google.rpc.Code;
import io.thalweg.v1.Anomaly;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.Rejection;
import io.thalweg.v1.Sample;
import io.thalweg.v1.Series;
import io.thalweg.v1.Summary;
import io.thalweg.v1.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a server keeps, in memory: samples by key, deduplicated as the API says. */
public final class FakeStore {
  /** A value over it is an anomaly. */
  public static final double ANOMALY = 1_000;

  private static final int REMEMBERED = 256;

  /** One key. */
  private static final class Key {
    final List<Sample> samples = new ArrayList<>();
    final Map<String, Set<Long>> seen = new HashMap<>();
    final List<Update> history = new ArrayList<>();
    long version;
    long anomalies;
  }

  private final TreeMap<String, Key> keys = new TreeMap<>();
  private final List<Long> order = new ArrayList<>();

  /** Counts a request; a negative value is refused. */
  public synchronized IngestResponse record(IngestRequest request) {
    order.add(request.getSequence());
    IngestResponse.Builder response =
        IngestResponse.newBuilder().setSequence(request.getSequence());
    for (int i = 0; i < request.getSeriesCount(); i++) {
      record(request, i, response);
    }
    return response.build();
  }

  private void record(IngestRequest request, int index, IngestResponse.Builder response) {
    Series series = request.getSeries(index);
    Key key = keys.computeIfAbsent(series.getKey(), k -> new Key());
    Set<Long> seen = key.seen.computeIfAbsent(request.getProducerId(), p -> new HashSet<>());
    long highest = seen.stream().mapToLong(Long::longValue).max().orElse(0);
    if (request.getSequence() < highest - REMEMBERED) {
      response.addRejections(
          Rejection.newBuilder().setSeriesIndex(index).setCode(Code.OUT_OF_RANGE));
    } else if (seen.add(request.getSequence())) {
      count(key, series, index, response);
    } else {
      response.setDuplicate(response.getDuplicate() + series.getValuesCount());
    }
  }

  private static void count(Key key, Series series, int index, IngestResponse.Builder response) {
    key.version++;
    for (int j = 0; j < series.getValuesCount(); j++) {
      double value = series.getValues(j);
      if (value < 0) {
        response.addRejections(
            Rejection.newBuilder()
                .setSeriesIndex(index)
                .setSampleIndex(j)
                .setCode(Code.INVALID_ARGUMENT)
                .setMessage("negative"));
        continue;
      }
      long time = series.getTimeUnixNanoCount() == 0 ? 0 : series.getTimeUnixNano(j);
      Sample sample = Sample.newBuilder().setTimeUnixNano(time).setValue(value).build();
      key.samples.add(sample);
      response.setRecorded(response.getRecorded() + 1);
      if (value > ANOMALY) {
        key.anomalies++;
        key.history.add(anomaly(series.getKey(), key, sample));
      }
    }
    key.history.add(
        Update.newBuilder()
            .setKey(series.getKey())
            .setVersion(key.version)
            .setState(state(series.getKey(), key))
            .build());
  }

  /** The numbers of all requests that arrived, in the order of arrival. */
  public synchronized List<Long> order() {
    return List.copyOf(order);
  }

  public synchronized List<Double> values(String key) {
    return samples(key).stream().map(Sample::getValue).toList();
  }

  public synchronized List<Sample> samples(String key) {
    Key found = keys.get(key);
    return found == null ? List.of() : List.copyOf(found.samples);
  }

  public synchronized List<String> keys() {
    return List.copyOf(keys.keySet());
  }

  public synchronized @Nullable KeyState state(String key) {
    Key found = keys.get(key);
    return found == null ? null : state(key, found);
  }

  /** Updates of versions over {@code after}. */
  public synchronized List<Update> history(String key, long after) {
    Key found = keys.get(key);
    return found == null
        ? List.of()
        : found.history.stream().filter(u -> u.getVersion() > after).toList();
  }

  private static KeyState state(String name, Key key) {
    return KeyState.newBuilder()
        .setStream("demo")
        .setKey(name)
        .setVersion(key.version)
        .setAnomalies(key.anomalies)
        .setTotal(summary(key.samples))
        .build();
  }

  private static Summary summary(List<Sample> samples) {
    double[] values = samples.stream().mapToDouble(Sample::getValue).toArray();
    int n = values.length;
    if (n == 0) {
      return Summary.getDefaultInstance();
    }
    double mean = IntStream.range(0, n).mapToDouble(i -> values[i]).average().orElse(0);
    double m2 = IntStream.range(0, n).mapToDouble(i -> Math.pow(values[i] - mean, 2)).sum();
    return Summary.newBuilder()
        .setCount(n)
        .setMean(mean)
        .setVariance(m2 / n)
        .setMin(IntStream.range(0, n).mapToDouble(i -> values[i]).min().orElse(0))
        .setMax(IntStream.range(0, n).mapToDouble(i -> values[i]).max().orElse(0))
        .build();
  }

  private static Update anomaly(String name, Key key, Sample sample) {
    return Update.newBuilder()
        .setKey(name)
        .setVersion(key.version)
        .setAnomaly(
            Anomaly.newBuilder()
                .setSample(sample)
                .setScore(sample.getValue() / 100)
                .setThreshold(6)
                .setDetector("z-score")
                .setEvidence(Summary.newBuilder().setCount(100).setMean(1).setVariance(4)))
        .build();
  }
}
