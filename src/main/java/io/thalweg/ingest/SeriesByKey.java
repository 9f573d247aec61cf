package io.thalweg.ingest;

import io.thalweg.domain.sample.Series;
import io.thalweg.ingest.SeriesCheck.Accepted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The series of a request, one for each key: a key counts a producer's batch once, so what it has
 * of the batch must come to it as one.
 */
final class SeriesByKey {
  private final List<Series> series;
  private final List<int[]> places;
  private final Map<String, Integer> indexOfKey;
  private final Map<Integer, List<Piece>> repeated = new HashMap<>(0);

  private record Piece(int place, Accepted samples) {}

  SeriesByKey(int capacity) {
    series = new ArrayList<>(capacity);
    places = new ArrayList<>(capacity);
    indexOfKey = HashMap.newHashMap(capacity);
  }

  /**
   * @param place the series' place in the request
   */
  void add(int place, String key, Accepted samples) {
    Integer index = indexOfKey.putIfAbsent(key, series.size());
    if (index == null) {
      series.add(new Series(key, samples.timesNanos(), samples.values()));
      places.add(new int[] {place});
    } else {
      repeated.computeIfAbsent(index, i -> new ArrayList<>()).add(new Piece(place, samples));
    }
  }

  /** One for each key, in the order in which the keys came first. */
  List<Series> series() {
    repeated.forEach((index, pieces) -> series.set(index, joined(series.get(index), pieces)));
    return series;
  }

  /** For each of {@link #series}, its places in the request. */
  List<int[]> places() {
    repeated.forEach(
        (index, pieces) -> {
          int[] all = new int[pieces.size() + 1];
          all[0] = places.get(index)[0];
          for (int i = 0; i < pieces.size(); i++) {
            all[i + 1] = pieces.get(i).place();
          }
          places.set(index, all);
        });
    return places;
  }

  private static Series joined(Series first, List<Piece> pieces) {
    int size = first.size();
    for (Piece piece : pieces) {
      size += piece.samples().values().length;
    }
    long[] times = new long[size];
    double[] values = new double[size];
    int at = append(first.timesNanos(), first.values(), times, values, 0);
    for (Piece piece : pieces) {
      at = append(piece.samples().timesNanos(), piece.samples().values(), times, values, at);
    }
    return new Series(first.key(), times, values);
  }

  private static int append(
      long[] fromTimes, double[] fromValues, long[] times, double[] values, int at) {
    System.arraycopy(fromTimes, 0, times, at, fromTimes.length);
    System.arraycopy(fromValues, 0, values, at, fromValues.length);
    return at + fromValues.length;
  }
}
