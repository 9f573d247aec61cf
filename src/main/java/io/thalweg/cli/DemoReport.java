package io.thalweg.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.cli.output.Json;
import io.thalweg.cli.output.Numbers;
import io.thalweg.cli.output.Table;
import io.thalweg.cli.output.Text;
import io.thalweg.cli.output.Times;
import io.thalweg.v1.Anomaly;
import io.thalweg.v1.Summary;
import io.thalweg.v1.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Shows what the demonstration found. */
final class DemoReport {
  /** Nobody needs to know how much higher: the values before were all but equal. */
  private static final double SCORE_MAX = 1e9;

  private static final String USUAL_ENDPOINT = "127.0.0.1:7470";

  private DemoReport() {}

  static List<String> text(DemoResult result, Ansi ansi) {
    List<String> lines = new ArrayList<>(keys(result).lines(ansi));
    lines.add("");
    lines.add(
        ansi.string("@|bold The strongest anomalies|@")
            + ", one of a key; a score of 3 is a chance of one in a thousand, 4 one in ten thousand:");
    lines.addAll(strongest(result).lines(ansi));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d samples of %d keys, durable and counted once, in %.1f s.",
            result.samples(),
            result.keys().size(),
            result.seconds()));
    return lines;
  }

  static ObjectNode json(DemoResult result) {
    ObjectNode json = Json.object();
    ArrayNode keys = json.putArray("keys");
    result.keys().forEach(key -> keys.add(json(key)));
    ArrayNode strongest = json.putArray("strongest");
    result.strongest().forEach(update -> strongest.add(Json.of(update)));
    json.put("seconds", result.seconds());
    return json;
  }

  /** What to try on a node that still runs. */
  static List<String> nextSteps(String endpoint, DemoResult result) {
    return nextSteps(
        endpoint,
        result.strongest().isEmpty()
            ? result.keys().getFirst().state().getKey()
            : result.strongest().getFirst().getKey());
  }

  /** The same with a key that is worth a look. */
  static List<String> nextSteps(String endpoint, String key) {
    String where = endpoint.equals(USUAL_ENDPOINT) ? "" : " -e " + endpoint;
    return List.of(
        "Try next:",
        "  thalweg streams" + where,
        "  thalweg keys" + where,
        "  thalweg get" + where + " " + key,
        "  thalweg history" + where + " --anomalies " + key,
        "  thalweg watch" + where + " --after 0 -o json " + key);
  }

  private static Table keys(DemoResult result) {
    Table table =
        new Table("KEY", "COUNT", "MEAN", "DEVIATION", "MIN", "MAX", "ANOMALIES", "SERIES");
    for (DemoResult.Key key : result.keys()) {
      Summary total = key.state().getTotal();
      table.row(
          key.state().getKey(),
          String.format(Locale.ROOT, "%,d", total.getCount()),
          Numbers.text(total.getMean()),
          Numbers.text(Numbers.deviation(total)),
          Numbers.text(total.getMin()),
          Numbers.text(total.getMax()),
          String.valueOf(key.state().getAnomalies()),
          key.sparkline());
    }
    return table;
  }

  private static Table strongest(DemoResult result) {
    Table table = new Table("KEY", "TIME", "SCORE", "WHY");
    for (Update update : result.strongest()) {
      Anomaly anomaly = update.getAnomaly();
      table.row(
          update.getKey(),
          Times.iso(anomaly.getSample().getTimeUnixNano()),
          score(anomaly.getScore()),
          Text.why(anomaly));
    }
    return table;
  }

  static String score(double score) {
    return score < SCORE_MAX ? Numbers.text(score) : "over 1e9";
  }

  private static ObjectNode json(DemoResult.Key key) {
    Summary total = key.state().getTotal();
    return Json.object()
        .put("key", key.state().getKey())
        .put("count", total.getCount())
        .put("mean", total.getMean())
        .put("variance", total.getVariance())
        .put("min", total.getMin())
        .put("max", total.getMax())
        .put("anomalies", key.state().getAnomalies());
  }
}
