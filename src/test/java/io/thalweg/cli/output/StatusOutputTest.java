package io.thalweg.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.v1.ClusterStatus;
import io.thalweg.v1.JournalReport;
import io.thalweg.v1.KeysReport;
import io.thalweg.v1.MemberStatus;
import io.thalweg.v1.NodeReport;
import io.thalweg.v1.NodeStatus;
import io.thalweg.v1.RouteReport;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class StatusOutputTest {
  private static final NodeStatus UP =
      NodeStatus.newBuilder()
          .setAddress("n1:7471")
          .setMemberStatus(MemberStatus.MEMBER_STATUS_UP)
          .setReachable(true)
          .setAppVersion("1.0")
          .setReport(
              NodeReport.newBuilder()
                  .setGrpcAddress("n1:7470")
                  .setUptimeMillis(93_600_000)
                  .setKeys(KeysReport.newBuilder().setShards(31).setActive(1_500).setAnomalies(2))
                  .setRoute(
                      RouteReport.newBuilder()
                          .setSamples(20_000)
                          .setDuplicates(5)
                          .setLate(1)
                          .setSamplesPerSecond(1_999.6)
                          .setOldestDeliveryMillis(12))
                  .setJournal(
                      JournalReport.newBuilder()
                          .setStore("postgres")
                          .setWritable(true)
                          .setEvents(400)
                          .setEventsPerSecond(40)
                          .setFencedEvents(7)
                          .setWritesWaiting(3)
                          .setFlushP50Micros(1_500)
                          .setFlushP99Micros(8_450)))
          .build();
  private static final NodeStatus GONE =
      NodeStatus.newBuilder()
          .setAddress("n2:7471")
          .setMemberStatus(MemberStatus.MEMBER_STATUS_UP)
          .setAppVersion("1.0")
          .build();

  @Test
  void everyNodeHasALineAndAllHaveOne() {
    assertThat(StatusTable.lines(status(UP, GONE), Ansi.OFF))
        .containsExactly(
            "NODE        GRPC  UPTIME  SHARDS   KEYS  SAMPLES/S  EVENTS/S    LAG  WAITING"
                + "  FLUSH P99  FENCED  VERSION  STATUS",
            "n1:7471  n1:7470   1d 2h      31  1,500      2,000        40  12 ms        3"
                + "     8.5 ms       7      1.0  up",
            "n2:7471        ?       ?       ?      ?          ?         ?      ?        ?"
                + "          ?       ?      1.0  up, unreachable",
            "all 2                         31  1,500      2,000        40  12 ms        3"
                + "     8.5 ms       7           1 silent",
            "",
            "Since their start: 20,000 samples, 1 late, 5 duplicates, 400 events, 2 anomalies.");
  }

  @Test
  void whatANodeLacksIsSaid() {
    assertThat(lineOf(GONE.toBuilder().setReachable(true).build())).endsWith("up, silent");
    NodeStatus.Builder blocked = UP.toBuilder();
    blocked.getReportBuilder().getJournalBuilder().setWritable(false);
    assertThat(lineOf(blocked.build())).endsWith("up, its journal takes no writes");
    NodeStatus.Builder young = UP.toBuilder().setMemberStatus(MemberStatus.MEMBER_STATUS_JOINING);
    young.getReportBuilder().clearKeys().clearJournal().setUptimeMillis(61_000);
    assertThat(lineOf(young.build())).contains(" 1m 1s       ?  ").endsWith("joining");
  }

  @Test
  void jsonHasTheApisNamesAndNoReportOfASilentNode() {
    assertThat(Json.text(StatusJson.of(status(UP, GONE))))
        .isEqualTo(
            "{\"answered_by\":\"n1:7471\",\"nodes\":[{\"address\":\"n1:7471\","
                + "\"member_status\":\"up\",\"reachable\":true,\"app_version\":\"1.0\","
                + "\"report\":{\"grpc_address\":\"n1:7470\",\"uptime_millis\":93600000,"
                + "\"keys\":{\"shards\":31,\"active\":1500,\"anomalies\":2},"
                + "\"route\":{\"samples\":20000,\"duplicates\":5,\"late\":1,"
                + "\"samples_per_second\":1999.6,\"samples_in_flight\":0,"
                + "\"deliveries_under_way\":0,\"oldest_delivery_millis\":12},"
                + "\"journal\":{\"store\":\"postgres\",\"writable\":true,\"events\":400,"
                + "\"events_per_second\":40.0,\"fenced_events\":7,\"writes_waiting\":3,"
                + "\"flush_p50_micros\":1500,\"flush_p99_micros\":8450}}},"
                + "{\"address\":\"n2:7471\",\"member_status\":\"up\",\"reachable\":false,"
                + "\"app_version\":\"1.0\"}]}");
  }

  private static String lineOf(NodeStatus node) {
    return StatusTable.lines(status(node), Ansi.OFF).get(1);
  }

  private static ClusterStatus status(NodeStatus... nodes) {
    ClusterStatus.Builder status = ClusterStatus.newBuilder().setAnsweredBy("n1:7471");
    for (NodeStatus node : nodes) {
      status.addNodes(node);
    }
    return status.build();
  }
}
