package io.thalweg.cli.backtest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.cli.output.Json;
import io.thalweg.v1.BacktestAlert;
import io.thalweg.v1.BacktestCounts;
import io.thalweg.v1.BacktestKey;
import io.thalweg.v1.BacktestTotal;
import io.thalweg.v1.BacktestUpdate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A backtest for programs: one document, written as it comes about, so that none of it is held in
 * memory. Names are those of the gRPC API.
 */
public final class BacktestJson implements BacktestReport {
  private final PrintWriter out;
  private final JsonGenerator json;
  private boolean inKey;
  private boolean whole;

  public BacktestJson(PrintWriter out) {
    this.out = out;
    try {
      json =
          new JsonMapper()
              .createGenerator(out)
              .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
              .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a part of the document. */
  private interface Part {
    void write() throws IOException;
  }

  @Override
  public void begin(String stream, String source, List<String> settings) {
    write(
        () -> {
          json.writeStartObject();
          json.writeStringField("stream", stream);
          json.writeStringField("source", source);
          json.writeArrayFieldStart("settings");
          for (String setting : settings) {
            json.writeString(setting);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("keys");
        });
  }

  @Override
  public void tell(BacktestUpdate update) {
    write(
        () -> {
          switch (update.getPartCase()) {
            case ALERT -> tell(update.getAlert());
            case KEY -> tell(update.getKey());
            case TOTAL -> tell(update.getTotal());
            case BEGUN, PROGRESS, PART_NOT_SET -> {}
          }
        });
  }

  @Override
  public boolean end() {
    write(
        () -> {
          json.writeEndObject();
          json.flush();
        });
    out.println();
    return whole;
  }

  private void tell(BacktestAlert alert) throws IOException {
    startKey(alert.getKey());
    ObjectNode node = Json.object();
    node.put("change", !alert.hasBefore() ? "appears" : alert.hasAfter() ? "stays" : "disappears");
    node.put("version", alert.getVersion());
    if (alert.hasBefore()) {
      node.set("before", Json.of(alert.getBefore()));
    }
    if (alert.hasAfter()) {
      node.set("after", Json.of(alert.getAfter()));
    }
    json.writeTree(node);
  }

  private void tell(BacktestKey key) throws IOException {
    startKey(key.getKey());
    json.writeEndArray();
    json.writeNumberField("from_version", key.getFromVersion());
    json.writeNumberField("to_version", key.getToVersion());
    json.writeBooleanField("from_snapshot", key.getFromSnapshot());
    json.writeBooleanField("detector_new", key.getDetectorNew());
    counts(key.getCounts());
    if (key.hasFailure()) {
      json.writeStringField("failure", key.getFailure());
    }
    json.writeEndObject();
    inKey = false;
  }

  private void tell(BacktestTotal total) throws IOException {
    whole = total.getFailed() == 0;
    json.writeEndArray();
    json.writeObjectFieldStart("total");
    json.writeNumberField("keys", total.getKeys());
    counts(total.getCounts());
    json.writeNumberField("failed", total.getFailed());
    json.writeNumberField("from_snapshot", total.getFromSnapshot());
    json.writeNumberField("detector_new", total.getDetectorNew());
    json.writeEndObject();
  }

  private void counts(BacktestCounts counts) throws IOException {
    json.writeObjectFieldStart("counts");
    json.writeNumberField("events", counts.getEvents());
    json.writeNumberField("samples", counts.getSamples());
    json.writeNumberField("stay", counts.getStay());
    json.writeNumberField("differ", counts.getDiffer());
    json.writeNumberField("appear", counts.getAppear());
    json.writeNumberField("disappear", counts.getDisappear());
    json.writeEndObject();
  }

  private void startKey(String key) throws IOException {
    if (!inKey) {
      json.writeStartObject();
      json.writeStringField("key", key);
      json.writeArrayFieldStart("alerts");
      inKey = true;
    }
  }

  private static void write(Part part) {
    try {
      part.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
