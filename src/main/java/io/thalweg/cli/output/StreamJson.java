package io.thalweg.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.v1.DetectorDefinition;
import io.thalweg.v1.StatisticsDefinition;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.SurpriseDetector;
import io.thalweg.v1.ThresholdDetector;
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
    if (stream.hasTimeZone()) {
      json.put("time_zone", stream.getTimeZone());
    }
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
    switch (detector.getKindCase()) {
      case Z_SCORE ->
          json.putObject("z_score")
              .put("threshold", detector.getZScore().getThreshold())
              .put("min_samples", detector.getZScore().getMinSamples());
      case EWMA ->
          json.putObject("ewma")
              .put("alpha", detector.getEwma().getAlpha())
              .put("threshold", detector.getEwma().getThreshold())
              .put("min_samples", detector.getEwma().getMinSamples());
      case THRESHOLD -> json.set("threshold", of(detector.getThreshold()));
      case SURPRISE -> json.set("surprise", of(detector.getSurprise()));
      case KIND_NOT_SET -> json.put("type", "unknown");
    }
    json.put("window", detector.getWindow());
    return json;
  }

  private static ObjectNode of(ThresholdDetector threshold) {
    ObjectNode json = Json.object();
    if (threshold.hasAbove()) {
      json.put("above", threshold.getAbove());
    }
    if (threshold.hasBelow()) {
      json.put("below", threshold.getBelow());
    }
    return json;
  }

  private static ObjectNode of(SurpriseDetector surprise) {
    return Json.object()
        .put("threshold", surprise.getThreshold())
        .put("habituation", surprise.getHabituation())
        .put("habituation_samples", surprise.getHabituationSamples())
        .put("refractory_samples", surprise.getRefractorySamples())
        .put("override", surprise.getOverride())
        .put("warm_up_samples", surprise.getWarmUpSamples())
        .put("point_residual", surprise.getPointResidual());
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
