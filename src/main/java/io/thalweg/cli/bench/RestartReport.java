package io.thalweg.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.cli.bench.Restarts.Restart;
import io.thalweg.cli.output.Json;
import io.thalweg.cli.output.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;

/** Tells how soon a node was back. */
public final class RestartReport {
  /** What we want, in seconds; told, and never a reason to fail. */
  private static final double FIRST_ACK_GOAL = 5;

  private static final double ALL_KEYS_GOAL = 8;

  private RestartReport() {}

  /** Names are those of the document's fields; scripts build on them. */
  public static ObjectNode json(RestartPlan plan, String journal, Restarts restarts) {
    Findings findings = restarts.findings();
    ObjectNode json = Json.object();
    json.set("median", json(restarts.median()));
    json.putObject("goal")
        .put("first_ack_seconds", FIRST_ACK_GOAL)
        .put("all_keys_seconds", ALL_KEYS_GOAL);
    ArrayNode all = json.putArray("restarts");
    restarts.all().forEach(restart -> all.add(json(restart)));
    json.put("lost", findings.lost());
    json.put("doubled", findings.doubled());
    json.put("wrong", findings.wrong());
    json.putObject("parameters")
        .put("keys", plan.keys())
        .put("events_behind_snapshot", plan.events())
        .put("window", plan.workload().size())
        .put("journal", journal);
    json.set("machine", Machine.here().json());
    return json;
  }

  public static List<String> text(Restarts restarts, Ansi ansi) {
    Table table = new Table("RESTART", "LISTENS", "FIRST ACKNOWLEDGEMENT", "ALL KEYS");
    IntStream.range(0, restarts.all().size())
        .forEach(i -> row(table, String.valueOf(i + 1), restarts.all().get(i)));
    row(table, "median", restarts.median());
    table.row("goal", "", seconds(FIRST_ACK_GOAL), seconds(ALL_KEYS_GOAL));
    return table.lines(ansi);
  }

  /** What is not as it must be, for people; the first few. */
  public static List<String> complaints(Restarts restarts) {
    return restarts.findings().complaints();
  }

  private static ObjectNode json(Restart restart) {
    return Json.object()
        .put("listening_seconds", restart.listening())
        .put("first_ack_seconds", restart.firstAck())
        .put("all_keys_seconds", restart.allKeys());
  }

  private static void row(Table table, String name, Restart restart) {
    table.row(
        name,
        seconds(restart.listening()),
        seconds(restart.firstAck()),
        seconds(restart.allKeys()));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f s", seconds);
  }
}
