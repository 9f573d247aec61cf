package io.thalweg.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.cli.kafka.DemoTopics;
import io.thalweg.cli.output.Json;
import io.thalweg.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Shows what became of the samples that went through Kafka. */
final class KafkaDemoReport {
  private KafkaDemoReport() {}

  static List<String> text(KafkaDemoResult result, Ansi ansi) {
    Table table = new Table("KEY", "WRITTEN", "COUNTED", "ANOMALIES", "IN TOPIC", "");
    for (KafkaDemoResult.Key key : result.keys()) {
      table.row(
          key.key(),
          number(key.written()),
          number(key.counted()),
          number(key.anomalies()),
          number(key.told()),
          key.complaints().isEmpty() ? "" : "WRONG");
    }
    List<String> lines = new ArrayList<>(table.lines(ansi));
    lines.add("");
    lines.add(
        "%s records written to %s, %s samples counted in %d keys%s"
            .formatted(
                number(result.written()),
                DemoTopics.SAMPLES,
                number(result.counted()),
                result.keys().size(),
                result.isRight() ? ": each exactly once." : "."));
    lines.add(
        "%s anomalies in the journal, %s result ids in %s (%s records)%s"
            .formatted(
                number(result.anomalies()),
                number(result.resultIds()),
                DemoTopics.ANOMALIES,
                number(result.records()),
                result.isRight() ? ": the same ones." : "."));
    lines.add(String.format(Locale.ROOT, "There and back in %.1f s.", result.seconds()));
    return lines;
  }

  static ObjectNode json(KafkaDemoResult result) {
    ObjectNode json = Json.object();
    json.put("written", result.written()).put("counted", result.counted());
    json.put("anomalies", result.anomalies());
    json.put("result_ids", result.resultIds()).put("result_records", result.records());
    ArrayNode keys = json.putArray("keys");
    for (KafkaDemoResult.Key key : result.keys()) {
      keys.addObject()
          .put("key", key.key())
          .put("written", key.written())
          .put("counted", key.counted())
          .put("anomalies", key.anomalies())
          .put("result_ids", key.told());
    }
    json.put("right", result.isRight());
    json.put("seconds", result.seconds());
    return json;
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
