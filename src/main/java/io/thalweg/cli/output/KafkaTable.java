package io.thalweg.cli.output;

import io.thalweg.v1.ClusterStatus;
import io.thalweg.v1.KafkaSourceReport;
import io.thalweg.v1.NodeStatus;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** How the Kafka sources are doing, for people: a line for each, on each node. */
final class KafkaTable {
  private KafkaTable() {}

  static List<String> lines(ClusterStatus status, Ansi ansi) {
    Table table =
        new Table(
            "KAFKA SOURCE",
            "NODE",
            "TOPIC",
            "STREAM",
            "PARTITIONS",
            "RECORDS/S",
            "LAG",
            "SAMPLES",
            "DUPLICATES",
            "DEAD LETTERS",
            "STATUS");
    for (NodeStatus node : status.getNodesList()) {
      node.getReport().getKafkaSourcesList().forEach(source -> table.row(row(node, source)));
    }
    return table.lines(ansi);
  }

  private static String[] row(NodeStatus node, KafkaSourceReport source) {
    return new String[] {
      source.getName(),
      node.getAddress(),
      source.getTopic(),
      source.getStream(),
      count(source.getPartitions()),
      count(Math.round(source.getRecordsPerSecond())),
      source.hasLag() ? count(source.getLag()) : "?",
      count(source.getSamples()),
      count(source.getDuplicates()),
      count(source.getDeadLetters()),
      source.getTrouble().isEmpty()
          ? source.getState()
          : source.getState() + ": " + source.getTrouble()
    };
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
