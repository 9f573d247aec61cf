package io.thalweg.domain.key;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.window.WindowDefinition;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How every key of a stream is treated.
 *
 * @param name letters, digits, {@code .}, {@code _} and {@code -}; 1 to 128 of them
 * @param window which samples of a key are looked at together
 * @param detector how anomalies are found; empty: not at all
 * @param allowedDisorderNanos a key's watermark is its largest event time minus this; at least 0
 * @param futureBoundNanos how far ahead of the server's clock an event time may be; at least 0
 * @param producersMax how many producers a key remembers; from 1 to 65,536
 */
public record StreamDefinition(
    String name,
    WindowDefinition window,
    Optional<DetectorDefinition> detector,
    long allowedDisorderNanos,
    long futureBoundNanos,
    int producersMax) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  public StreamDefinition {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a stream's name is 1 to 128 letters, digits, '.', '_' and '-': '" + name + "'");
    }
    if (allowedDisorderNanos < 0) {
      throw new IllegalArgumentException(
          "the allowed disorder is not negative: " + Duration.ofNanos(allowedDisorderNanos));
    }
    if (futureBoundNanos < 0) {
      throw new IllegalArgumentException(
          "the bound on the future is not negative: " + Duration.ofNanos(futureBoundNanos));
    }
    if (producersMax < 1 || producersMax > 65_536) {
      throw new IllegalArgumentException("a key remembers 1 to 65536 producers: " + producersMax);
    }
  }

  /** The watermark of a key whose largest event time this is; not below the beginning of time. */
  long watermarkNanos(long timeMaxNanos) {
    long watermark = timeMaxNanos - allowedDisorderNanos;
    return watermark <= timeMaxNanos ? watermark : Long.MIN_VALUE;
  }
}
