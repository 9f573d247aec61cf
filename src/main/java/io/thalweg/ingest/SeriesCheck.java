package io.thalweg.ingest;

import com.google.rpc.Code;
import io.thalweg.rpc.Excerpt;
import io.thalweg.v1.Rejection;
import io.thalweg.v1.Series;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes from a series what can be counted, and says of the rest why it can't. */
final class SeriesCheck {

  /** The samples of a series that passed. */
  record Accepted(long[] timesNanos, double[] values) {}

  private final IngestSettings settings;
  private final long nowNanos;
  private final long futureNanos;

  /**
   * @param nowNanos the server's clock, nanoseconds since 1970
   * @param futureBoundNanos how far ahead of it an event time may be
   */
  SeriesCheck(IngestSettings settings, long nowNanos, long futureBoundNanos) {
    this.settings = settings;
    this.nowNanos = nowNanos;
    this.futureNanos =
        Math.addExact(nowNanos, Math.min(futureBoundNanos, Long.MAX_VALUE - nowNanos));
  }

  /**
   * @param place the series' place in its request
   * @param rejections what is refused is added here
   * @return empty where the whole series is refused, or nothing of it is left
   */
  @Nullable Accepted check(int place, Series series, List<Rejection> rejections) {
    String flaw = flawOfSeries(series);
    if (flaw != null) {
      rejections.add(rejection(place, flaw).build());
      return null;
    }
    int size = series.getValuesCount();
    long[] times = new long[size];
    double[] values = new double[size];
    int accepted = 0;
    for (int i = 0; i < size; i++) {
      long time = series.getTimeUnixNanoCount() == 0 ? nowNanos : series.getTimeUnixNano(i);
      double value = series.getValues(i);
      if (Double.isFinite(value) && time >= 0 && time <= futureNanos) {
        times[accepted] = time;
        values[accepted] = value;
        accepted++;
      } else {
        rejections.add(rejection(place, flawOfSample(time, value)).setSampleIndex(i).build());
      }
    }
    if (accepted == size) {
      return new Accepted(times, values);
    }
    return accepted == 0
        ? null
        : new Accepted(
            java.util.Arrays.copyOf(times, accepted), java.util.Arrays.copyOf(values, accepted));
  }

  private @Nullable String flawOfSeries(Series series) {
    int bytes = series.getKeyBytes().size();
    if (bytes == 0) {
      return "the key is empty";
    }
    if (bytes > settings.keyBytesMax()) {
      return "the key '%s' is %,d bytes long in UTF-8, and at most %,d are taken"
          .formatted(Excerpt.of(series.getKey()), bytes, settings.keyBytesMax());
    }
    String key = series.getKey();
    for (int i = 0; i < key.length(); i++) {
      if (Character.isISOControl(key.charAt(i))) {
        return "the key '%s' has the control character U+%04X at position %d"
            .formatted(Excerpt.of(key), (int) key.charAt(i), i);
      }
    }
    int times = series.getTimeUnixNanoCount();
    if (times != 0 && times != series.getValuesCount()) {
      return "the series of key '%s' has %,d times and %,d values; both must be as many, or the times left out"
          .formatted(Excerpt.of(key), times, series.getValuesCount());
    }
    return null;
  }

  private String flawOfSample(long time, double value) {
    if (!Double.isFinite(value)) {
      return "the value " + value + " is not finite";
    }
    if (time < 0) {
      return "the time " + time + " ns (" + instant(time) + ") is before 1970";
    }
    return "the time %s is more than %s s ahead of the server's clock, %s"
        .formatted(
            instant(time),
            TimeUnit.NANOSECONDS.toSeconds(futureNanos - nowNanos),
            instant(nowNanos));
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  private static Rejection.Builder rejection(int place, String message) {
    return Rejection.newBuilder()
        .setSeriesIndex(place)
        .setCode(Code.INVALID_ARGUMENT)
        .setMessage(message);
  }
}
