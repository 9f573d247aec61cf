package io.thalweg.ingest;

import com.google.rpc.Code;
import io.thalweg.rpc.Excerpt;
import io.thalweg.v1.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells what of a request's series can be counted, and says of the rest why it can't. */
final class SeriesCheck {
  /** Not even as a series without samples can it be counted. */
  static final int REFUSED = -1;

  private final IngestSettings settings;
  private final RequestColumns request;
  private final List<Rejection> rejections;
  private final long nowNanos;
  private final long futureNanos;

  /**
   * @param rejections what is refused is added here
   * @param nowNanos the server's clock, nanoseconds since 1970
   * @param futureBoundNanos how far ahead of it an event time may be
   */
  SeriesCheck(
      IngestSettings settings,
      RequestColumns request,
      List<Rejection> rejections,
      long nowNanos,
      long futureBoundNanos) {
    this.settings = settings;
    this.request = request;
    this.rejections = rejections;
    this.nowNanos = nowNanos;
    this.futureNanos =
        Math.addExact(nowNanos, Math.min(futureBoundNanos, Long.MAX_VALUE - nowNanos));
  }

  /**
   * The key of a series.
   *
   * @param place the series' place in its request
   * @return null where it can't be one, and the whole series is refused
   */
  @Nullable String key(int place) {
    int bytes = request.keyLength(place);
    if (bytes == 0) {
      rejections.add(rejection(place, "the key is empty").build());
      return null;
    }
    String key = request.key(place);
    String flaw = flawOfKey(key, bytes, request.keyIsPlain(place));
    if (flaw != null) {
      rejections.add(rejection(place, flaw).build());
      return null;
    }
    return key;
  }

  /**
   * Moves the samples that can be counted to the front of their series.
   *
   * @param place the series' place in its request
   * @return how many there are; {@link #REFUSED} where nothing is left of the series
   */
  int samples(int place, String key) {
    int size = request.values(place);
    int times = request.times(place);
    if (times != 0 && times != size) {
      String flaw =
          "the series of key '%s' has %,d times and %,d values; both must be as many, or the times left out"
              .formatted(Excerpt.of(key), times, size);
      rejections.add(rejection(place, flaw).build());
      return REFUSED;
    }
    int accepted = 0;
    for (int i = 0; i < size; i++) {
      long time = times == 0 ? nowNanos : request.time(place, i);
      double value = request.value(place, i);
      if (Double.isFinite(value) && time >= 0 && time <= futureNanos) {
        request.move(place, i, accepted);
        accepted++;
      } else {
        rejections.add(rejection(place, flawOfSample(time, value)).setSampleIndex(i).build());
      }
    }
    return accepted == 0 && size > 0 ? REFUSED : accepted;
  }

  private @Nullable String flawOfKey(String key, int bytes, boolean plain) {
    if (bytes > settings.keyBytesMax()) {
      return "the key '%s' is %,d bytes long in UTF-8, and at most %,d are taken"
          .formatted(Excerpt.of(key), bytes, settings.keyBytesMax());
    }
    for (int i = 0; !plain && i < key.length(); i++) {
      if (Character.isISOControl(key.charAt(i))) {
        return "the key '%s' has the control character U+%04X at position %d"
            .formatted(Excerpt.of(key), (int) key.charAt(i), i);
      }
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
