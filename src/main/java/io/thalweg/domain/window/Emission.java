package io.thalweg.domain.window;

import java.time.Duration;

/** When a window is told of. When it closes it always is. */
public sealed interface Emission {

  /** Only when it closes, and again where a late sample changes it. */
  enum OnClose implements Emission {
    INSTANCE
  }

  /**
   * Also before it closes: whenever the key's watermark passes a multiple of a duration since 1970.
   *
   * @param nanos the duration; at least 1 ms
   */
  record Every(long nanos) implements Emission {
    public Every {
      if (nanos < 1_000_000) {
        throw new IllegalArgumentException(
            "windows are told of early every 1 ms or more: " + Duration.ofNanos(nanos));
      }
    }
  }

  /** Also before it closes: with each batch that adds to it. */
  enum EveryBatch implements Emission {
    INSTANCE
  }
}
