package io.thalweg.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.v1.DetectorDefinition;
import io.thalweg.v1.StatisticsDefinition;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.WindowDefinition;

/** Streams' definitions as JSON, with the names of the gRPC API. */
public final class StreamJson {
  private StreamJson() {}

  public static ObjectNode of(StreamDefinition stream) {
    ObjectNode json = Json.object();
    json.put("stream", stream.getStream());
    json.set("window", of(stream.getWindow()));
    ArrayNode windows = json.putArray("windows");
    stream.getWindowsList().forEach(window -> windows.add(of(window)));
    if (stream.hasDetector()) {
      json.set("detector", of(stream.getDetector()));
    }
    json.put("allowed_disorder_nanos", stream.getAllowedDisorderNanos());
    json.put("allowed_lateness_nanos", stream.getAllowedLatenessNanos());
    json.put("idle_timeout_nanos", stream.getIdleTimeoutNanos());
    json.put("future_bound_nanos", stream.getFutureBoundNanos());
    if (stream.hasStatistics()) {
      json.set("statistics", of(stream.getStatistics()));
    }
    return json;
  }

  private static ObjectNode of(WindowDefinition window) {
    ObjectNode json = Json.object();
    json.put("name", window.getName());
    addKind(json, window);
    switch (window.getEarlyCase()) {
      case EVERY_NANOS -> json.put("every_nanos", window.getEveryNanos());
      case EVERY_BATCH -> json.put("every_batch", window.getEveryBatch());
      case EARLY_NOT_SET -> {}
    }
    return json;
  }

  private static void addKind(ObjectNode json, WindowDefinition window) {
    switch (window.getKindCase()) {
      case SLIDING_COUNT ->
          json.putObject("sliding_count").put("size", window.getSlidingCount().getSize());
      case SLIDING_TIME ->
          json.putObject("sliding_time")
              .put("size_nanos", window.getSlidingTime().getSizeNanos())
              .put("slide_nanos", window.getSlidingTime().getSlideNanos())
              .put("offset_nanos", window.getSlidingTime().getOffsetNanos());
      case TUMBLING ->
          json.putObject("tumbling")
              .put("size_nanos", window.getTumbling().getSizeNanos())
              .put("offset_nanos", window.getTumbling().getOffsetNanos());
      case SESSION -> json.putObject("session").put("gap_nanos", window.getSession().getGapNanos());
      case TUMBLING_COUNT ->
          json.putObject("tumbling_count").put("size", window.getTumblingCount().getSize());
      case TOTAL -> json.putObject("total");
      case KIND_NOT_SET -> json.put("type", "unknown");
    }
  }

  private static ObjectNode of(DetectorDefinition detector) {
    ObjectNode json = Json.object();
    if (detector.hasZScore()) {
      json.putObject("z_score")
          .put("threshold", detector.getZScore().getThreshold())
          .put("min_samples", detector.getZScore().getMinSamples());
    }
    json.put("window", detector.getWindow());
    return json;
  }

  private static ObjectNode of(StatisticsDefinition statistics) {
    ObjectNode json = Json.object();
    json.put("ends", statistics.getEnds());
    json.put("rate", statistics.getRate());
    json.put("shape", statistics.getShape());
    ArrayNode quantiles = json.putArray("quantiles");
    statistics.getQuantilesList().forEach(quantiles::add);
    if (statistics.hasQuantilesRelativeError()) {
      json.put("quantiles_relative_error", statistics.getQuantilesRelativeError());
    }
    if (statistics.hasEwmaHalfLifeNanos()) {
      json.put("ewma_half_life_nanos", statistics.getEwmaHalfLifeNanos());
    }
    return json;
  }
}
