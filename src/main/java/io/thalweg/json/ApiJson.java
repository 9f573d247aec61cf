package io.thalweg.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.v1.Anomaly;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.OutOfRange;
import io.thalweg.v1.Result;
import io.thalweg.v1.Sample;
import io.thalweg.v1.Summary;
import io.thalweg.v1.Unusual;
import io.thalweg.v1.Update;
import io.thalweg.v1.Window;
import java.time.Instant;

/**
 * Messages of the gRPC API as JSON. Names are those of the gRPC API; each time stands twice, as an
 * ISO 8601 string and as nanoseconds since 1970 in a field that ends in {@code _unix_nano}.
 */
public final class ApiJson {
  private static final long NANOS = 1_000_000_000L;
  private static final JsonMapper MAPPER = new JsonMapper();

  private ApiJson() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** On one line. */
  public static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }

  public static ObjectNode of(KeyState state) {
    ObjectNode json = object();
    json.put("stream", state.getStream());
    json.put("key", state.getKey());
    json.put("version", state.getVersion());
    if (state.hasWatermarkUnixNano()) {
      time(json, "watermark", state.getWatermarkUnixNano());
    }
    json.set("total", of(state.getTotal()));
    ArrayNode windows = json.putArray("windows");
    state.getWindowsList().forEach(window -> windows.add(of(window)));
    json.put("late", state.getLate());
    if (state.hasLast()) {
      json.set("last", of(state.getLast()));
    }
    json.put("anomalies", state.getAnomalies());
    if (state.hasLastAnomaly()) {
      json.set("last_anomaly", of(state.getLastAnomaly()));
    }
    return json;
  }

  /** Its {@code type} names the field that says what happened. */
  public static ObjectNode of(Update update) {
    ObjectNode json = object();
    json.put("key", update.getKey());
    json.put("version", update.getVersion());
    switch (update.getOutcomeCase()) {
      case WINDOW_UPDATED -> typed(json, "window_updated", of(update.getWindowUpdated()));
      case WINDOW_CLOSED -> typed(json, "window_closed", of(update.getWindowClosed()));
      case ANOMALY -> typed(json, "anomaly", of(update.getAnomaly()));
      case LATE_SAMPLE -> typed(json, "late_sample", of(update.getLateSample()));
      case STATE -> typed(json, "state", of(update.getState()));
      case SKIPPED ->
          typed(json, "skipped", JsonNodeFactory.instance.numberNode(update.getSkipped()));
      case OUTCOME_NOT_SET -> json.put("type", "unknown");
    }
    return json;
  }

  /** The same of what a sink tells. */
  public static ObjectNode of(Result result) {
    ObjectNode json = object();
    json.put("stream", result.getStream());
    json.put("key", result.getKey());
    json.put("version", result.getVersion());
    json.put("index", result.getIndex());
    switch (result.getOutcomeCase()) {
      case WINDOW_UPDATED -> typed(json, "window_updated", of(result.getWindowUpdated()));
      case WINDOW_CLOSED -> typed(json, "window_closed", of(result.getWindowClosed()));
      case ANOMALY -> typed(json, "anomaly", of(result.getAnomaly()));
      case LATE_SAMPLE -> typed(json, "late_sample", of(result.getLateSample()));
      case OUTCOME_NOT_SET -> json.put("type", "unknown");
    }
    return json;
  }

  public static ObjectNode of(Anomaly anomaly) {
    ObjectNode json = object();
    json.set("sample", of(anomaly.getSample()));
    json.put("score", anomaly.getScore());
    json.put("threshold", anomaly.getThreshold());
    json.put("detector", anomaly.getDetector());
    json.put("view", anomaly.getView());
    json.set("evidence", of(anomaly.getEvidence()));
    switch (anomaly.getFindingCase()) {
      case OUT_OF_RANGE -> json.set("out_of_range", of(anomaly.getOutOfRange()));
      case UNUSUAL -> json.set("unusual", of(anomaly.getUnusual()));
      case OVER_LIMIT -> json.put("over_limit", anomaly.getOverLimit());
      case FINDING_NOT_SET -> {}
    }
    if (anomaly.hasExplanation()) {
      json.put("explanation", anomaly.getExplanation());
    }
    return json;
  }

  private static ObjectNode of(OutOfRange range) {
    return object()
        .put("min", range.getMin())
        .put("max", range.getMax())
        .put("samples", range.getSamples());
  }

  private static ObjectNode of(Unusual unusual) {
    return object()
        .put("expected", unusual.getExpected())
        .put("deviation", unusual.getDeviation())
        .put("seen", unusual.getSeen())
        .put("samples", unusual.getSamples());
  }

  public static ObjectNode of(Summary summary) {
    ObjectNode json = object();
    json.put("count", summary.getCount());
    json.put("mean", summary.getMean());
    json.put("variance", summary.getVariance());
    json.put("sample_variance", summary.getSampleVariance());
    json.put("min", summary.getMin());
    json.put("max", summary.getMax());
    json.put("sum", summary.getSum());
    addDetails(json, summary);
    return json;
  }

  /** What was not asked for is absent. */
  private static void addDetails(ObjectNode json, Summary summary) {
    if (summary.hasDeviation()) {
      json.put("deviation", summary.getDeviation());
    }
    if (summary.hasFirst()) {
      json.set("first", of(summary.getFirst()));
    }
    if (summary.hasLast()) {
      json.set("last", of(summary.getLast()));
    }
    if (summary.hasRatePerSecond()) {
      json.put("rate_per_second", summary.getRatePerSecond());
    }
    if (summary.hasSkewness()) {
      json.put("skewness", summary.getSkewness());
    }
    if (summary.hasKurtosis()) {
      json.put("kurtosis", summary.getKurtosis());
    }
    if (summary.getQuantilesCount() > 0) {
      ArrayNode quantiles = json.putArray("quantiles");
      summary
          .getQuantilesList()
          .forEach(q -> quantiles.addObject().put("rank", q.getRank()).put("value", q.getValue()));
    }
    if (summary.hasEwmaMean()) {
      json.put("ewma_mean", summary.getEwmaMean());
    }
    if (summary.hasEwmaVariance()) {
      json.put("ewma_variance", summary.getEwmaVariance());
    }
  }

  private static ObjectNode of(Window window) {
    ObjectNode json = object();
    json.put("name", window.getName());
    time(json, "start", window.getStartUnixNano());
    time(json, "end", window.getEndUnixNano());
    json.put("closed", window.getClosed());
    json.put("revision", window.getRevision());
    json.put("early", window.getEarly());
    json.set("summary", of(window.getSummary()));
    return json;
  }

  private static ObjectNode of(Sample sample) {
    ObjectNode json = object();
    time(json, "time", sample.getTimeUnixNano());
    json.put("value", sample.getValue());
    return json;
  }

  private static void typed(ObjectNode json, String type, JsonNode value) {
    json.put("type", type);
    json.set(type, value);
  }

  /** ISO 8601 in UTC, with as many digits of the second as there are. */
  public static String iso(long unixNanos) {
    return Instant.ofEpochSecond(Math.floorDiv(unixNanos, NANOS), Math.floorMod(unixNanos, NANOS))
        .toString();
  }

  private static void time(ObjectNode json, String name, long unixNanos) {
    json.put(name, iso(unixNanos));
    json.put(name + "_unix_nano", unixNanos);
  }
}
