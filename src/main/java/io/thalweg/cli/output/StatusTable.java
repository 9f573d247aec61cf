package io.thalweg.cli.output;

import io.thalweg.v1.ClusterStatus;
import io.thalweg.v1.JournalReport;
import io.thalweg.v1.KeysReport;
import io.thalweg.v1.MemberStatus;
import io.thalweg.v1.NodeReport;
import io.thalweg.v1.NodeStatus;
import io.thalweg.v1.RouteReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Help.Ansi;

/** How a cluster is doing, for people: a line for each node, and one for all. */
public final class StatusTable {
  private static final String UNKNOWN = "?";
  private static final String NONE = "-";

  private StatusTable() {}

  public static List<String> lines(ClusterStatus status, Ansi ansi) {
    List<NodeReport> reports =
        status.getNodesList().stream()
            .filter(NodeStatus::hasReport)
            .map(NodeStatus::getReport)
            .toList();
    List<String> lines = new ArrayList<>(table(status, reports).lines(ansi));
    lines.add("");
    if (reports.stream().anyMatch(report -> report.getKafkaSourcesCount() > 0)) {
      lines.addAll(KafkaTable.lines(status, ansi));
      lines.add("");
    }
    lines.add(sinceStart(reports));
    return lines;
  }

  private static Table table(ClusterStatus status, List<NodeReport> reports) {
    Table table =
        new Table(
            "NODE",
            "GRPC",
            "UPTIME",
            "SHARDS",
            "KEYS",
            "SAMPLES/S",
            "EVENTS/S",
            "LAG",
            "WAITING",
            "FLUSH P99",
            "FENCED",
            "VERSION",
            "STATUS");
    status.getNodesList().forEach(node -> table.row(row(node)));
    table.row(
        "all " + status.getNodesCount(),
        "",
        "",
        String.valueOf(sum(reports, r -> r.getKeys().getShards())),
        count(sum(reports, r -> r.getKeys().getActive())),
        rate(sumOf(reports, r -> r.getRoute().getSamplesPerSecond())),
        rate(sumOf(reports, r -> r.getJournal().getEventsPerSecond())),
        millis(max(reports, r -> r.getRoute().getOldestDeliveryMillis())),
        count(sum(reports, r -> r.getJournal().getWritesWaiting())),
        flush(max(reports, r -> r.getJournal().getFlushP99Micros())),
        count(sum(reports, r -> r.getJournal().getFencedEvents())),
        "",
        reports.size() == status.getNodesCount()
            ? ""
            : (status.getNodesCount() - reports.size()) + " silent");
    return table;
  }

  private static String[] row(NodeStatus node) {
    if (!node.hasReport()) {
      return new String[] {
        node.getAddress(),
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        node.getAppVersion(),
        status(node)
      };
    }
    NodeReport report = node.getReport();
    KeysReport keys = report.getKeys();
    RouteReport route = report.getRoute();
    JournalReport journal = report.getJournal();
    return new String[] {
      node.getAddress(),
      report.getGrpcAddress(),
      uptime(Duration.ofMillis(report.getUptimeMillis())),
      keys.hasShards() ? String.valueOf(keys.getShards()) : UNKNOWN,
      keys.hasActive() ? count(keys.getActive()) : UNKNOWN,
      rate(route.getSamplesPerSecond()),
      rate(journal.getEventsPerSecond()),
      millis(route.getOldestDeliveryMillis()),
      count(journal.getWritesWaiting()),
      flush(journal.getFlushP99Micros()),
      count(journal.getFencedEvents()),
      node.getAppVersion(),
      status(node)
    };
  }

  private static String status(NodeStatus node) {
    String status =
        switch (node.getMemberStatus()) {
          case MEMBER_STATUS_JOINING -> "joining";
          case MEMBER_STATUS_WEAKLY_UP -> "weakly up";
          case MEMBER_STATUS_UP -> "up";
          case MEMBER_STATUS_LEAVING -> "leaving";
          case MEMBER_STATUS_EXITING -> "exiting";
          case MEMBER_STATUS_DOWN -> "down";
          case MEMBER_STATUS_UNSPECIFIED, UNRECOGNIZED -> "unknown";
        };
    if (!node.getReachable()) {
      return status + ", unreachable";
    }
    if (!node.hasReport()) {
      return status + ", silent";
    }
    boolean isFine =
        node.getMemberStatus() != MemberStatus.MEMBER_STATUS_UP
            || node.getReport().getJournal().getWritable();
    return isFine ? status : status + ", its journal takes no writes";
  }

  private static String sinceStart(List<NodeReport> reports) {
    return String.format(
        Locale.ROOT,
        "Since their start: %,d samples, %,d late, %,d duplicates, %,d events, %,d anomalies.",
        sum(reports, r -> r.getRoute().getSamples()),
        sum(reports, r -> r.getRoute().getLate()),
        sum(reports, r -> r.getRoute().getDuplicates()),
        sum(reports, r -> r.getJournal().getEvents()),
        sum(reports, r -> r.getKeys().getAnomalies()));
  }

  private static long sum(List<NodeReport> reports, ToLongFunction<NodeReport> value) {
    return reports.stream().mapToLong(value).sum();
  }

  private static double sumOf(List<NodeReport> reports, ToDoubleFunction<NodeReport> value) {
    return reports.stream().mapToDouble(value).sum();
  }

  private static long max(List<NodeReport> reports, ToLongFunction<NodeReport> value) {
    return reports.stream().mapToLong(value).max().orElse(0);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String rate(double perSecond) {
    return count(Math.round(perSecond));
  }

  private static String millis(long millis) {
    return millis == 0 ? NONE : count(millis) + " ms";
  }

  private static String flush(long micros) {
    return micros == 0 ? NONE : String.format(Locale.ROOT, "%,.1f ms", micros / 1e3);
  }

  private static String uptime(Duration up) {
    if (up.toDays() > 0) {
      return up.toDays() + "d " + up.toHoursPart() + "h";
    }
    if (up.toHours() > 0) {
      return up.toHours() + "h " + up.toMinutesPart() + "m";
    }
    return up.toMinutes() > 0
        ? up.toMinutes() + "m " + up.toSecondsPart() + "s"
        : up.toSeconds() + "s";
  }
}
