package io.thalweg.ingest;

import com.typesafe.config.Config;

/**
 * The bounds of the gRPC edge, {@code thalweg.ingest}.
 *
 * @param keyBytesMax a key's length in UTF-8
 * @param producerBytesMax a producer id's length in UTF-8
 * @param seriesPerRequestMax series in one request
 */
public record IngestSettings(int keyBytesMax, int producerBytesMax, int seriesPerRequestMax) {
  public IngestSettings {
    inRange("key-bytes-max", keyBytesMax, 512);
    inRange("producer-bytes-max", producerBytesMax, 1_024);
    inRange("series-per-request-max", seriesPerRequestMax, 32_768);
  }

  /** Reads {@code thalweg.ingest}. */
  public static IngestSettings from(Config config) {
    Config c = config.getConfig("thalweg.ingest");
    return new IngestSettings(
        c.getInt("key-bytes-max"),
        c.getInt("producer-bytes-max"),
        c.getInt("series-per-request-max"));
  }

  private static void inRange(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "thalweg.ingest." + name + " must be from 1 to " + max + ": " + value);
    }
  }
}
