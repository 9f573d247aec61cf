package io.thalweg.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.json.ApiJson;
import io.thalweg.v1.Anomaly;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.Summary;
import io.thalweg.v1.Update;

/** Answers as JSON, as {@link ApiJson} writes them. */
public final class Json {
  private Json() {}

  public static ObjectNode object() {
    return ApiJson.object();
  }

  /** On one line. */
  public static String text(JsonNode node) {
    return ApiJson.text(node);
  }

  public static ObjectNode of(KeyState state) {
    return ApiJson.of(state);
  }

  /** Its {@code type} names the field that says what happened. */
  public static ObjectNode of(Update update) {
    return ApiJson.of(update);
  }

  public static ObjectNode of(Anomaly anomaly) {
    return ApiJson.of(anomaly);
  }

  public static ObjectNode of(Summary summary) {
    return ApiJson.of(summary);
  }
}
