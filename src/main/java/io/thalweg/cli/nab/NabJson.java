package io.thalweg.cli.nab;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.cli.output.Json;
import io.thalweg.cli.output.Times;
import java.util.List;

/** A result for programs. */
public final class NabJson {
  private NabJson() {}

  public static ObjectNode of(NabResult result) {
    ObjectNode json = Json.object();
    json.put("detector", result.detector());
    ObjectNode profiles = json.putObject("profiles");
    for (Profile profile : Profile.values()) {
      ObjectNode one = of(result.score(profile));
      one.put("threshold", result.threshold(profile));
      profiles.set(profile.key(), one);
    }
    ArrayNode folders = json.putArray("folders");
    result.byFolder().forEach((name, some) -> folders.add(folder(result, name, some)));
    ArrayNode series = json.putArray("series");
    result.detections().forEach(detection -> series.add(series(result, detection)));
    return json;
  }

  private static ObjectNode folder(NabResult result, String name, List<Detection> detections) {
    ObjectNode json = Json.object();
    json.put("folder", name);
    json.put("series", detections.size());
    ObjectNode profiles = json.putObject("profiles");
    for (Profile profile : Profile.values()) {
      profiles.set(profile.key(), of(result.score(detections, profile)));
    }
    return json;
  }

  private static ObjectNode series(NabResult result, Detection detection) {
    LabelledSeries series = detection.series();
    ObjectNode json = Json.object();
    json.put("folder", series.folder());
    json.put("name", series.name());
    json.put("rows", series.rows());
    json.put("probation", series.probation());
    ObjectNode profiles = json.putObject("profiles");
    for (Profile profile : Profile.values()) {
      profiles.set(profile.key(), of(result.score(detection, profile)));
    }
    ArrayNode alerts = json.putArray("alerts");
    detection.alerts().forEach(alert -> alerts.add(alert(series, alert)));
    return json;
  }

  private static ObjectNode alert(LabelledSeries series, Alert alert) {
    long time = alert.anomaly().sample().timeNanos();
    return Json.object()
        .put("row", alert.row())
        .put("time", Times.iso(time))
        .put("time_unix_nano", time)
        .put("value", alert.anomaly().sample().value())
        .put("score", alert.anomaly().score())
        .put("view", alert.anomaly().view())
        .put("anomaly_score", alert.score())
        .put("probation", alert.row() < series.probation())
        .put("in_window", series.windowAt(alert.row()).isPresent());
  }

  /** Without windows there is no score, only what the false alerts cost. */
  private static ObjectNode of(Score score) {
    ObjectNode json = Json.object();
    json.put("windows", score.windows());
    json.put("hits", score.hits());
    json.put("missed", score.missed());
    json.put("false_alerts", score.falseAlerts());
    json.put("raw", score.raw());
    json.put("no_alert", score.baseline());
    json.put("perfect", score.perfect());
    score.normalised().ifPresent(normalised -> json.put("score", normalised));
    return json;
  }
}
