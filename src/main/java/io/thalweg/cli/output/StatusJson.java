package io.thalweg.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.v1.ClusterStatus;
import io.thalweg.v1.JournalReport;
import io.thalweg.v1.KafkaSinkReport;
import io.thalweg.v1.KafkaSourceReport;
import io.thalweg.v1.KeysReport;
import io.thalweg.v1.MemberStatus;
import io.thalweg.v1.NodeReport;
import io.thalweg.v1.NodeStatus;
import io.thalweg.v1.RouteReport;
import java.util.Locale;

/** How a cluster is doing, for programs. Names are those of the gRPC API. */
public final class StatusJson {
  private static final String STATUS_PREFIX = "MEMBER_STATUS_";

  private StatusJson() {}

  public static ObjectNode of(ClusterStatus status) {
    ObjectNode json = Json.object();
    json.put("answered_by", status.getAnsweredBy());
    ArrayNode nodes = json.putArray("nodes");
    status.getNodesList().forEach(node -> nodes.add(of(node)));
    return json;
  }

  /** A node that has not answered has no report. */
  private static ObjectNode of(NodeStatus node) {
    ObjectNode json =
        Json.object()
            .put("address", node.getAddress())
            .put("member_status", name(node.getMemberStatus()))
            .put("reachable", node.getReachable())
            .put("app_version", node.getAppVersion());
    if (node.hasReport()) {
      json.set("report", of(node.getReport()));
    }
    return json;
  }

  private static String name(MemberStatus status) {
    return status.name().replace(STATUS_PREFIX, "").toLowerCase(Locale.ROOT);
  }

  private static ObjectNode of(NodeReport report) {
    ObjectNode json =
        Json.object()
            .put("grpc_address", report.getGrpcAddress())
            .put("uptime_millis", report.getUptimeMillis());
    json.set("keys", of(report.getKeys()));
    json.set("route", of(report.getRoute()));
    json.set("journal", of(report.getJournal()));
    if (report.getKafkaSourcesCount() > 0) {
      ArrayNode sources = json.putArray("kafka_sources");
      report.getKafkaSourcesList().forEach(source -> sources.add(of(source)));
    }
    if (report.getKafkaSinksCount() > 0) {
      ArrayNode sinks = json.putArray("kafka_sinks");
      report.getKafkaSinksList().forEach(sink -> sinks.add(of(sink)));
    }
    return json;
  }

  private static ObjectNode of(KeysReport keys) {
    ObjectNode json = Json.object();
    if (keys.hasShards()) {
      json.put("shards", keys.getShards());
    }
    if (keys.hasActive()) {
      json.put("active", keys.getActive());
    }
    return json.put("anomalies", keys.getAnomalies());
  }

  private static ObjectNode of(RouteReport route) {
    return Json.object()
        .put("samples", route.getSamples())
        .put("duplicates", route.getDuplicates())
        .put("late", route.getLate())
        .put("samples_per_second", route.getSamplesPerSecond())
        .put("samples_in_flight", route.getSamplesInFlight())
        .put("deliveries_under_way", route.getDeliveriesUnderWay())
        .put("oldest_delivery_millis", route.getOldestDeliveryMillis());
  }

  private static ObjectNode of(KafkaSourceReport source) {
    ObjectNode json =
        Json.object()
            .put("name", source.getName())
            .put("stream", source.getStream())
            .put("topic", source.getTopic())
            .put("state", source.getState())
            .put("trouble", source.getTrouble())
            .put("partitions", source.getPartitions());
    if (source.hasLag()) {
      json.put("lag", source.getLag());
    }
    return json.put("records", source.getRecords())
        .put("records_per_second", source.getRecordsPerSecond())
        .put("samples", source.getSamples())
        .put("duplicates", source.getDuplicates())
        .put("dead_letters", source.getDeadLetters())
        .put("waiting", source.getWaiting());
  }

  private static ObjectNode of(KafkaSinkReport sink) {
    ObjectNode json =
        Json.object()
            .put("name", sink.getName())
            .put("topic", sink.getTopic())
            .put("state", sink.getState())
            .put("trouble", sink.getTrouble())
            .put("shards", sink.getShards())
            .put("position", sink.getPosition());
    if (sink.hasWaiting()) {
      json.put("waiting", sink.getWaiting());
    }
    return json.put("behind_millis", sink.getBehindMillis())
        .put("results", sink.getResults())
        .put("results_per_second", sink.getResultsPerSecond())
        .put("failures", sink.getFailures())
        .put("lost", sink.getLost());
  }

  private static ObjectNode of(JournalReport journal) {
    ObjectNode json =
        Json.object()
            .put("store", journal.getStore())
            .put("writable", journal.getWritable())
            .put("events", journal.getEvents())
            .put("events_per_second", journal.getEventsPerSecond())
            .put("fenced_events", journal.getFencedEvents())
            .put("writes_waiting", journal.getWritesWaiting());
    if (journal.hasFlushP50Micros()) {
      json.put("flush_p50_micros", journal.getFlushP50Micros());
    }
    if (journal.hasFlushP99Micros()) {
      json.put("flush_p99_micros", journal.getFlushP99Micros());
    }
    return json;
  }
}
