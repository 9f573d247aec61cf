package io.thalweg.cli.output;

import io.thalweg.v1.ClusterStatus;
import io.thalweg.v1.KafkaSinkReport;
import io.thalweg.v1.NodeStatus;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** How the Kafka sinks are doing, for people: a line for each, on each node. */
final class KafkaSinkTable {
  private KafkaSinkTable() {}

  static List<String> lines(ClusterStatus status, Ansi ansi) {
    Table table =
        new Table(
            "KAFKA SINK",
            "NODE",
            "TOPIC",
            "SHARDS",
            "RESULTS/S",
            "RESULTS",
            "WAITING",
            "BEHIND",
            "FAILURES",
            "LOST",
            "STATUS");
    for (NodeStatus node : status.getNodesList()) {
      node.getReport().getKafkaSinksList().forEach(sink -> table.row(row(node, sink)));
    }
    return table.lines(ansi);
  }

  private static String[] row(NodeStatus node, KafkaSinkReport sink) {
    return new String[] {
      sink.getName(),
      node.getAddress(),
      sink.getTopic(),
      count(sink.getShards()),
      count(Math.round(sink.getResultsPerSecond())),
      count(sink.getResults()),
      sink.hasWaiting() ? count(sink.getWaiting()) : "?",
      sink.getBehindMillis() == 0 ? "-" : count(sink.getBehindMillis()) + " ms",
      count(sink.getFailures()),
      count(sink.getLost()),
      sink.getTrouble().isEmpty() ? sink.getState() : sink.getState() + ": " + sink.getTrouble()
    };
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
